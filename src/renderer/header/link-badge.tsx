import { formatAgo } from '../i18n/format.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useTickingText } from '../ticket/use-age.ts';
import { shownLink } from '../view-store/shown-link.ts';
import css from './header.module.css';

/** Whether the screen is up to date: a colour, a shape, a word, and the time since the server last answered. */
export function LinkBadge() {
  const { view } = useScreen();
  const text = useText();
  const state = useView((view) => shownLink(view).state);
  const age = useTickingText<HTMLElement>((now) => {
    const { lastWordAt } = shownLink(view.getState());
    return formatAgo(lastWordAt === null ? null : now - lastWordAt, text);
  });
  return (
    <div className={css.link} data-testid="link" data-state={state}>
      <span className={css.dot} aria-hidden="true" />
      <span className={css.word}>{text.t(`link.${state}`)}</span>
      <small className={`${css.age} figures`} data-testid="last-update" ref={age} />
    </div>
  );
}
