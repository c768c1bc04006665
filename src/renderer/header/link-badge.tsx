import { useCallback, useMemo } from 'react';
import type { LinkState } from '#contract/link.ts';
import { formatAgo } from '../i18n/format.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useTickingText } from '../ticket/use-age.ts';
import { shownLink } from '../view-store/shown-link.ts';
import type { View } from '../view-store/view-store.ts';
import css from './header.module.css';

const state = (view: View): LinkState => shownLink(view).state;

/** Whether the screen is up to date: a colour, a shape, a word, and the time since the server last answered. */
export function LinkBadge() {
  const { view } = useScreen();
  const text = useText();
  const current = useView(state);
  const ago = useCallback(
    (now: number) => {
      const { lastWordAt } = shownLink(view.getState());
      return formatAgo(lastWordAt === null ? null : now - lastWordAt, text);
    },
    [view, text],
  );
  const age = useTickingText<HTMLElement>(ago);
  const word = useMemo(() => text.t(`link.${current}`), [text, current]);
  return (
    <div className={css.link} data-testid="link" data-state={current}>
      <span className={css.dot} aria-hidden="true" />
      <span className={css.word}>{word}</span>
      <small className={`${css.age} figures`} data-testid="last-update" ref={age} />
    </div>
  );
}
