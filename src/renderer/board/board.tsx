import { Suspense, useEffect } from 'react';
import { lazyPart } from '../shared/lazy-part.ts';
import { useScreen, useSetting, useText, useUi, useView } from '../shared/screen.tsx';
import type { Ui, ViewName } from '../shared/ui-store.ts';
import { useScope } from '../stations/scope-context.tsx';
import type { View } from '../view-store/view-store.ts';
import { type Arranged, type OpenStatus, ticketsOf } from './arrange.ts';
import css from './board.module.css';
import { EmptyBoard } from './empty-board.tsx';
import { FlowPages } from './flow-pages.tsx';
import { useArranged } from './use-arranged.ts';
import { useHasStrip } from './use-has-strip.ts';
import { useSwipes } from './use-swipes.ts';

const Columns = lazyPart(() => import('./columns.tsx').then(({ Columns }) => Columns));
const PassBoard = lazyPart(() => import('../pass/pass-board.tsx').then(({ PassBoard }) => PassBoard));

const loaded = (view: View) => view.board.loaded;
const selectedView = (ui: Ui) => ui.view;

/**
 * The tickets, in the chosen layout. Only the view of all open orders has columns, or what is ready beside what is to be made;
 * every other one has pages.
 */
export function Board() {
  const { t } = useText();
  const ready = useView(loaded);
  const view = useUi(selectedView);
  const layout = useSetting('layout', 'grid');
  const isPass = useScope().screen === 'pass' && view === 'open';
  const arranged = useArranged();
  const single = useSingle(arranged, view, ready);
  const columns = single !== null || (layout === 'columns' && view === 'open' && !isPass);
  const strip = useHasStrip();
  const tickets = isPass ? arranged.made : strip ? arranged.toMake : ticketsOf(arranged, view);
  const isEmpty = tickets.length === 0 && (single === null || arranged.open.length === 0);
  const hasPages = ready && !isEmpty && !isPass && !columns;
  const name = isPass ? t('pass.name') : t(`view.${view}`);

  function content() {
    if (!ready) return <Skeleton />;
    if (isEmpty)
      return <EmptyBoard view={single === null ? view : 'open'} isRest={strip && arranged.made.length > 0} />;
    if (isPass) return <PassBoard tickets={tickets} />;
    if (columns) return <Columns arranged={arranged} single={single} />;
    return (
      <>
        <h2 className="sr-only">{name}</h2>
        <FlowPages key={view} tickets={tickets} />
      </>
    );
  }

  const layoutName = single !== null ? 'swipe' : columns && tickets.length > 0 ? 'columns' : 'grid';
  return (
    <main className={css.board} data-testid="board" data-layout={layoutName} data-pages={hasPages}>
      <div className={css.rail} aria-hidden="true" />
      <div id="board" className={css.panel} role="tabpanel" aria-label={name} aria-busy={!ready}>
        <Suspense fallback={<Skeleton />}>{content()}</Suspense>
      </div>
    </main>
  );
}

/** On a phone, the status that is in sight: at first what is new, if anything is. Null elsewhere. */
function useSingle({ columns }: Arranged, view: ViewName, isLoaded: boolean): OpenStatus | null {
  const { ui } = useScreen();
  const swipes = useSwipes();
  const first = columns.pending.length > 0 ? 'pending' : 'preparing';
  // From then on only a person changes it.
  useEffect(() => {
    if (isLoaded && swipes && view === 'open') ui.setState({ view: first });
  }, [ui, isLoaded, swipes, view, first]);
  if (!swipes || view === 'done') return null;
  return view === 'open' ? first : view;
}

/** Blank tickets while the cache is read. */
function Skeleton() {
  const { t } = useText();
  return (
    <div className={css.skeleton}>
      <p className="sr-only" role="status">
        {t('board.loading')}
      </p>
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <div key={key} className={css.blank} aria-hidden="true" />
      ))}
    </div>
  );
}
