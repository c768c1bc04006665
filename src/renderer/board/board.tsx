import { useText, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { View } from '../view-store/view-store.ts';
import { ticketsOf } from './arrange.ts';
import { Columns } from './columns.tsx';
import { EmptyBoard } from './empty-board.tsx';
import { PagedGrid } from './paged-grid.tsx';
import { Skeleton } from './skeleton.tsx';
import { TicketList } from './ticket-list.tsx';
import { useArranged } from './use-arranged.ts';
import './board.css';

const loaded = (view: View) => view.board.loaded;
const chosen = (ui: Ui) => ui.view;
const layout = (view: View) => view.status?.settings.layout ?? 'columns';

/** The room in which the tickets hang. */
export function Board() {
  const { t } = useText();
  const ready = useView(loaded);
  const view = useUi(chosen);
  const wanted = useView(layout);
  const columns = wanted === 'columns' && view === 'open';
  const arranged = useArranged();
  const shown = ticketsOf(arranged, view);

  return (
    <main className="board" data-testid="board" data-layout={columns && shown.length > 0 ? 'columns' : 'grid'}>
      <div className="rail" aria-hidden="true" />
      <div id="board" className="panel" role="tabpanel" aria-label={t(`view.${view}`)} aria-busy={!ready}>
        {!ready ? (
          <Skeleton />
        ) : shown.length === 0 ? (
          <EmptyBoard view={view} />
        ) : columns ? (
          <Columns arranged={arranged} />
        ) : wanted === 'grid' ? (
          <>
            <h2 className="sr-only">{t(`view.${view}`)}</h2>
            <PagedGrid key={view} tickets={shown} />
          </>
        ) : (
          <div className="scroll">
            <h2 className="sr-only">{t(`view.${view}`)}</h2>
            <TicketList tickets={shown} firstDigit={1} />
          </div>
        )}
      </div>
    </main>
  );
}
