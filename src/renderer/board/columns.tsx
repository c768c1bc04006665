import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useText } from '../shared/screen.tsx';
import type { Arranged, OpenStatus } from './arrange.ts';
import board from './board.module.css';
import css from './columns.module.css';
import { createChunker } from './create-chunker.ts';
import { createColumnBalancer } from './create-column-balancer.ts';
import { NO_DIGIT, TicketList } from './ticket-list.tsx';
import { type SeenStore, useScrollAnchor } from './use-scroll-anchor.ts';
import { useStackCount } from './use-stack-count.ts';

/** One column per open status, each with its own scroll. */
export function Columns({ arranged: { statuses, columns, counts } }: { arranged: Arranged }) {
  let digit = 1;
  return (
    <div className={css.columns} data-columns={statuses.length}>
      {statuses.map((status) => {
        const first = digit;
        digit += columns[status].length;
        return (
          <Column
            key={status}
            status={status}
            tickets={columns[status]}
            count={counts[status]}
            firstDigit={Math.min(first, NO_DIGIT)}
          />
        );
      })}
    </div>
  );
}

interface ColumnProps {
  status: OpenStatus;
  tickets: readonly Ticket[];
  /** Excludes called-off orders that still have a ticket here. */
  count: number;
  firstDigit: number;
}

/** Memoised: a push for another column does not render it. */
const Column = memo(function Column({ status, tickets, count, firstDigit }: ColumnProps) {
  const { t } = useText();
  const [probe, stackCount] = useStackCount();
  const [balance] = useState(createColumnBalancer);
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useScrollAnchor(scroller, stackCount);
  const stacks = balance(tickets, stackCount);
  let digit = firstDigit;
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
          {stacks.map((stack, i) => {
            const first = digit;
            digit += stack.length;
            // biome-ignore lint/suspicious/noArrayIndexKey: a stack is identified by its position
            return <Stack key={i} tickets={stack} firstDigit={Math.min(first, NO_DIGIT)} />;
          })}
        </div>
      </div>
      <OutOfSight stacks={stacks} seen={seen} />
    </section>
  );
});

/** Tickets one below the other, in chunks. Memoised: a push for another stack does not render it. */
const Stack = memo(function Stack({ tickets, firstDigit }: { tickets: readonly Ticket[]; firstDigit: number }) {
  const [chunked] = useState(createChunker);
  let digit = firstDigit;
  return (
    <div className={css.stack} data-stack>
      {chunked(tickets).map((chunk) => {
        const first = digit;
        digit += chunk.tickets.length;
        return <TicketList key={chunk.key} tickets={chunk.tickets} firstDigit={Math.min(first, NO_DIGIT)} chunk />;
      })}
    </div>
  );
});

interface OutOfSightProps {
  stacks: readonly (readonly Ticket[])[];
  seen: SeenStore;
}

/** A line under a column: how many tickets are above and below, and whether the last one goes on below the edge. */
function OutOfSight({ stacks, seen }: OutOfSightProps) {
  const { t } = useText();
  const shown = useStore(seen);
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
