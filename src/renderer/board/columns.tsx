import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { setNumbered } from '../shared/ui-store.ts';
import type { Arranged, OpenStatus } from './arrange.ts';
import board from './board.module.css';
import css from './columns.module.css';
import { createChunker } from './create-chunker.ts';
import { createColumnBalancer } from './create-column-balancer.ts';
import { createNumbering, type Numbering } from './create-numbering.ts';
import { TicketList } from './ticket-list.tsx';
import { type SeenStore, useScrollAnchor } from './use-scroll-anchor.ts';
import { useStackCount } from './use-stack-count.ts';
import { useSwipedColumn } from './use-swiped-column.ts';

interface ColumnsProps {
  arranged: Arranged;
  /** The only column in sight; a swipe leads to the next one. Null: all are. */
  single: OpenStatus | null;
}

/** One column per open status, each with its own scroll. */
export function Columns({ arranged: { statuses, columns, counts, open }, single }: ColumnsProps) {
  const { ui } = useScreen();
  const [numbering] = useState(() => createNumbering((ids) => setNumbered(ui, ids)));
  useEffect(() => numbering.setOrder(open), [numbering, open]);
  useEffect(() => () => setNumbered(ui, []), [ui]);
  const list = useRef<HTMLDivElement>(null);
  useSwipedColumn(list, single);
  return (
    <div className={css.columns} data-columns={statuses.length} data-single={single !== null} ref={list}>
      {statuses.map((status) => (
        <Column key={status} status={status} tickets={columns[status]} count={counts[status]} numbering={numbering} />
      ))}
    </div>
  );
}

interface ColumnProps {
  status: OpenStatus;
  tickets: readonly Ticket[];
  count: number;
  numbering: Numbering;
}

/** Memoised: a push for another column does not render it. */
const Column = memo(function Column({ status, tickets, count, numbering }: ColumnProps) {
  const { t } = useText();
  const [probe, stackCount] = useStackCount();
  const [balance] = useState(createColumnBalancer);
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useScrollAnchor(scroller, stackCount);
  const stacks = balance(tickets, stackCount);
  return (
    <section className={css.column} data-column={status} aria-labelledby={`column-${status}`}>
      <h2 className={css.name} id={`column-${status}`}>
        <span>{t(`view.${status}`)}</span>
        <span className={`${css.count} figures`}>{count}</span>
      </h2>
      <div className={`${board.scroll} ${css.anchored}`} ref={scroller} data-scroller>
        <div className={css.probe} ref={probe} aria-hidden="true" />
        {tickets.length === 0 && <p className={css.empty}>{t('board.emptyView')}</p>}
        <div className={css.stacks} data-stacks>
          {stacks.map((stack, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stack is identified by its position
            <Stack key={i} tickets={stack} />
          ))}
        </div>
      </div>
      <OutOfSight status={status} stacks={stacks} seen={seen} numbering={numbering} />
    </section>
  );
});

/** Tickets one below the other, in chunks. Memoised: a push for another stack does not render it. */
const Stack = memo(function Stack({ tickets }: { tickets: readonly Ticket[] }) {
  const [chunked] = useState(createChunker);
  return (
    <div className={css.stack} data-stack>
      {chunked(tickets).map((chunk) => (
        <TicketList key={chunk.key} tickets={chunk.tickets} chunk />
      ))}
    </div>
  );
});

interface OutOfSightProps {
  status: OpenStatus;
  stacks: readonly (readonly Ticket[])[];
  seen: SeenStore;
  numbering: Numbering;
}

/** A line under a column: how many tickets are above and below, and whether the last one goes on below the edge. */
function OutOfSight({ status, stacks, seen, numbering }: OutOfSightProps) {
  const { t } = useText();
  const shown = useStore(seen);
  useEffect(() => {
    numbering.setVisible(
      status,
      stacks.flatMap((stack, i) => stack.slice(shown[i]?.from, shown[i]?.to)),
    );
  }, [numbering, status, stacks, shown]);
  const above = stacks.flatMap((stack, i) => stack.slice(0, shown[i]?.from ?? 0));
  const below = stacks.flatMap((stack, i) => stack.slice(shown[i]?.to ?? stack.length));
  const cut = shown.some((stack) => stack.cut);
  if (above.length === 0 && below.length === 0 && !cut) return null;
  const newAbove = countRinging(above);
  const newBelow = countRinging(below);
  return (
    <p className={css.outOfSight}>
      {above.length > 0 && (
        <span data-testid="above" data-unseen={newAbove > 0}>
          <ArrowUp />
          {newAbove > 0 ? t('above.new', { count: newAbove }) : t('above.more', { count: above.length })}
        </span>
      )}
      {(below.length > 0 || cut) && (
        <span data-testid="below" data-unseen={newBelow > 0}>
          {newBelow > 0
            ? t('below.new', { count: newBelow })
            : below.length > 0
              ? t('below.more', { count: below.length })
              : t('below.rest')}
          <ArrowDown />
        </span>
      )}
    </p>
  );
}

const countRinging = (tickets: readonly Ticket[]): number => tickets.filter(({ order }) => isRinging(order)).length;
