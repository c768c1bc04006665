import { MoveRight } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { shallow } from 'zustand/shallow';
import { useText } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';
import { allDone } from '../stations/station-progress.ts';
import { TicketBoundary } from '../ticket/ticket-boundary.tsx';
import { TicketCard, type TicketCardProps } from '../ticket/ticket-card.tsx';
import type { Placed } from './paginate.ts';
import css from './ticket-slot.module.css';

export type TicketSlotProps = TicketCardProps & {
  /** Its cells on a page of the grid; absent in a list. */
  place?: Placed<unknown>;
};

/** A list item with its ticket. Memoised: a push renders only the tickets that it replaced. */
export const TicketSlot = memo(function TicketSlot({ place, ...props }: TicketSlotProps) {
  const { t } = useText();
  const { order } = props.ticket;
  const prepared = useScope().screen === 'expo' && order.status === 'preparing' && allDone(order);
  const across = !place || place.scrolls ? 1 : place.columns;
  return (
    <li
      className={css.slot}
      data-testid="ticket-slot"
      data-prepared={prepared}
      {...(place && {
        'data-cells': place.columns * place.rows,
        'data-scrolls': place.scrolls,
        'data-continued': across > 1,
        style: areaOf(place),
      })}
    >
      <TicketBoundary ticket={props.ticket} sentence={t('ticket.broken')}>
        <TicketCard {...props} />
      </TicketBoundary>
      {across > 1 && <Continued across={across} />}
    </li>
  );
}, isSame);

const areaOf = ({ row, column, rows, columns }: Placed<unknown>): CSSProperties => ({
  gridArea: `${row} / ${column} / span ${rows} / span ${columns}`,
  ...{ '--columns': columns },
});

/** At the end of every cell but the last: the items continue in the next one. */
function Continued({ across }: { across: number }) {
  const { t } = useText();
  return Array.from({ length: across - 1 }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
    <span key={i} className={css.continued} style={{ insetInlineEnd: `${(100 * (across - 1 - i)) / across}%` }}>
      {t('page.continued')} <MoveRight />
    </span>
  ));
}

/** Every push paginates again; a place with equal values counts as unchanged. */
function isSame({ place: a, ...before }: TicketSlotProps, { place: b, ...now }: TicketSlotProps): boolean {
  return shallow(before, now) && shallow(a, b);
}
