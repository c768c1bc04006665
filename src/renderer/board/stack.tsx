import { memo, useState } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { BEYOND_DIGITS } from './beyond-digits.ts';
import { createBuncher } from './create-buncher.ts';
import { TicketList } from './ticket-list.tsx';

interface StackProps {
  tickets: readonly Ticket[];
  /** The digit that picks the first of them. */
  firstDigit: number;
}

/** Tickets one below the other, bunch by bunch. Memoised: a push for another stack does not touch it. */
export const Stack = memo(function Stack({ tickets, firstDigit }: StackProps) {
  const [buncher] = useState(createBuncher);
  let digit = firstDigit;
  return (
    <div className="stack">
      {buncher(tickets).map((bunch) => {
        const first = digit;
        digit += bunch.tickets.length;
        return <TicketList key={bunch.key} tickets={bunch.tickets} firstDigit={Math.min(first, BEYOND_DIGITS)} />;
      })}
    </div>
  );
});
