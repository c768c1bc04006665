import { useEffect } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { ReadyOrder } from '../board/ready-order.tsx';
import { useHeldPlaces } from '../board/use-held-places.ts';
import { useScreen } from '../shared/screen.tsx';
import { setNumbered } from '../shared/ui-store.ts';
import css from './pass-board.module.css';

/** How many digits there are for tickets. */
const DIGITS = 9;

/**
 * What is ready, the longest wait first, and behind it what is on its way: large, with one tap each. Orders keep their places
 * while somebody touches the screen, as on the board.
 */
export function PassBoard({ tickets }: { tickets: readonly Ticket[] }) {
  const { ui } = useScreen();
  const { places } = useHeldPlaces(tickets.toSorted(byWait));
  const ids = places.flatMap(({ ticket, isGone }) => (isGone ? [] : [ticket.order.id]));
  useEffect(() => setNumbered(ui, ids));
  useEffect(() => () => setNumbered(ui, []), [ui]);
  const digitOf = (id: string): number | null => {
    const at = ids.indexOf(id);
    return at >= 0 && at < DIGITS ? at + 1 : null;
  };
  return (
    <div className={css.pass} data-testid="pass" data-scroller>
      <ol className={css.orders}>
        {places.map(({ ticket, isGone }) => (
          <li key={ticket.order.id}>
            {!isGone && <ReadyOrder ticket={ticket} digit={digitOf(ticket.order.id)} large />}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Ready before out; then by how long it has been so. */
const byWait = ({ order: a }: Ticket, { order: b }: Ticket): number =>
  Number(a.status === 'delivering') - Number(b.status === 'delivering') ||
  (a.statusSince < b.statusSince ? -1 : a.statusSince > b.statusSince ? 1 : 0);
