import { useMemo } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';

const tickets = (view: View) => view.board.tickets;
/** What a filter takes, and more than a row of choices has room for. */
const MOST = 12;

/** The channels that orders have come by, as far as they can be seen here, in the order of the alphabet. */
export function useSources(found: readonly Ticket[]): string[] {
  const board = useView(tickets);
  return useMemo(() => {
    const all = new Set([...board.values(), ...found].map(({ order }) => order.source ?? ''));
    return [...all].slice(0, MOST).sort();
  }, [board, found]);
}
