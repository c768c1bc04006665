import { MoveRight } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { useText } from '../shared/screen.tsx';
import { allDone } from '../stations/prep-of.ts';
import { useScope } from '../stations/scope-context.tsx';
import { TicketBoundary } from '../ticket/ticket-boundary.tsx';
import { TicketCard, type TicketCardProps } from '../ticket/ticket-card.tsx';
import type { Placed } from './paginate.ts';

export type PegProps = TicketCardProps & {
  /** Its cells on a page of the grid; null where it hangs in a list. */
  place?: Placed<unknown>;
};

/** A place on the rail with its ticket. Memoised: a push draws again the tickets that it replaced, and no other. */
export const Peg = memo(function Peg({ place, ...props }: PegProps) {
  const { t } = useText();
  const prepared =
    useScope().screen === 'expo' && props.ticket.order.status === 'preparing' && allDone(props.ticket.order);
  return (
    <li
      className="peg"
      data-prepared={prepared}
      {...(place && { 'data-cells': place.columns * place.rows, 'data-scrolls': place.scrolls, style: areaOf(place) })}
    >
      <TicketBoundary ticket={props.ticket} sentence={t('ticket.broken')}>
        <TicketCard {...props} />
      </TicketBoundary>
      {place && <Continued across={place.scrolls ? 1 : place.columns} />}
    </li>
  );
}, isSame);

const areaOf = ({ row, column, rows, columns }: Placed<unknown>): CSSProperties => ({
  gridArea: `${row} / ${column} / span ${rows} / span ${columns}`,
  ...{ '--columns': columns },
});

/** At the foot of each cell but the last: the items go on beside it. */
function Continued({ across }: { across: number }) {
  const { t } = useText();
  return Array.from({ length: across - 1 }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: one is like the other
    <span key={i} className="continued" style={{ insetInlineEnd: `${(100 * (across - 1 - i)) / across}%` }}>
      {t('page.continued')} <MoveRight aria-hidden="true" />
    </span>
  ));
}

/** A page is divided anew with each push; a place that came out the same is the same. */
function isSame(a: PegProps, b: PegProps): boolean {
  return (
    a.ticket === b.ticket &&
    a.selected === b.selected &&
    a.digit === b.digit &&
    a.place?.row === b.place?.row &&
    a.place?.column === b.place?.column &&
    a.place?.rows === b.place?.rows &&
    a.place?.columns === b.place?.columns &&
    a.place?.scrolls === b.place?.scrolls
  );
}
