import { formatAgo } from '../i18n/format.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import type { ViewName } from '../shared/ui-store.ts';
import { useScope } from '../stations/scope-context.tsx';
import { useTickingText } from '../ticket/use-age.ts';
import { shownLink } from '../view-store/shown-link.ts';
import css from './empty-board.module.css';

/** Shows that there is nothing to do, and when the server last confirmed that: an empty board must not look broken. */
export function EmptyBoard({ view, isRest }: { view: ViewName; isRest: boolean }) {
  const text = useText();
  const { view: store } = useScreen();
  const since = useTickingText<HTMLParagraphElement>((now) => {
    const { lastWordAt } = shownLink(store.getState());
    return text.t('board.heard', { ago: formatAgo(lastWordAt === null ? null : now - lastWordAt, text) });
  });
  const scope = useScope();
  const title =
    view === 'open'
      ? scope.screen === 'pass'
        ? 'pass.empty'
        : isRest
          ? 'board.emptyToMake'
          : 'board.empty'
      : view === 'done'
        ? 'board.emptyDone'
        : 'board.emptyView';
  const atStation = view === 'open' && scope.screen === 'station';
  return (
    <div className={css.empty}>
      <svg viewBox="0 0 64 64" aria-hidden="true">
        <path className={css.paper} d="M16 10h32v40l-4-3-4 3-4-3-4 3-4-3-4 3-4-3-4 3z" />
        <path className={css.tick} d="M24 28l6 6 11-12" />
      </svg>
      <h2>{atStation ? text.t('station.empty', { station: scope.station.name }) : text.t(title)}</h2>
      <p className="figures" ref={since} />
    </div>
  );
}
