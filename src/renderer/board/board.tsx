import { Suspense } from 'react';
import { lazyPart } from '../shared/lazy-part.ts';
import { useSetting, useText, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { useScope } from '../stations/scope-context.tsx';
import type { View } from '../view-store/view-store.ts';
import { ticketsOf } from './arrange.ts';
import css from './board.module.css';
import { EmptyBoard } from './empty-board.tsx';
import { FlowPages } from './flow-pages.tsx';
import { useArranged } from './use-arranged.ts';
import { useHasStrip } from './use-has-strip.ts';

const Columns = lazyPart(() => import('./columns.tsx').then(({ Columns }) => Columns));
const ScrolledList = lazyPart(() => import('./scrolled-list.tsx').then(({ ScrolledList }) => ScrolledList));
const PassBoard = lazyPart(() => import('../pass/pass-board.tsx').then(({ PassBoard }) => PassBoard));

const loaded = (view: View) => view.board.loaded;
const selectedView = (ui: Ui) => ui.view;

/** The tickets, in the chosen layout. Only the view of all open orders has columns, or what is ready beside what is to be made. */
export function Board() {
  const { t } = useText();
  const ready = useView(loaded);
  const view = useUi(selectedView);
  const layout = useSetting('layout', 'grid');
  const isPass = useScope().screen === 'pass' && view === 'open';
  const columns = layout === 'columns' && view === 'open' && !isPass;
  const arranged = useArranged();
  const strip = useHasStrip();
  const tickets = isPass ? arranged.made : strip ? arranged.toMake : ticketsOf(arranged, view);
  const name = isPass ? t('pass.name') : t(`view.${view}`);

  function content() {
    if (!ready) return <Skeleton />;
    if (tickets.length === 0) return <EmptyBoard view={view} isRest={strip && arranged.made.length > 0} />;
    if (isPass) return <PassBoard tickets={tickets} />;
    if (columns) return <Columns arranged={arranged} />;
    const heading = <h2 className="sr-only">{name}</h2>;
    if (layout === 'grid')
      return (
        <>
          {heading}
          <FlowPages key={view} tickets={tickets} />
        </>
      );
    return (
      <ScrolledList key={view} tickets={tickets}>
        {heading}
      </ScrolledList>
    );
  }

  return (
    <main className={css.board} data-testid="board" data-layout={columns && tickets.length > 0 ? 'columns' : 'grid'}>
      <div className={css.rail} aria-hidden="true" />
      <div id="board" className={css.panel} role="tabpanel" aria-label={name} aria-busy={!ready}>
        <Suspense fallback={<Skeleton />}>{content()}</Suspense>
      </div>
    </main>
  );
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
