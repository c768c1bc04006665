import { type ReactNode, useEffect, useRef } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen } from '../shared/screen.tsx';
import { setNumbered } from '../shared/ui-store.ts';
import board from './board.module.css';
import { seenInStack } from './seen-in-stack.ts';
import { TicketList } from './ticket-list.tsx';

/** Tickets side by side, which scroll; digits number the visible ones. */
export function ScrolledList({ tickets, children }: { tickets: readonly Ticket[]; children: ReactNode }) {
  const { ui } = useScreen();
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = scroller.current;
    if (!list) return;
    const number = () => {
      const { seen } = seenInStack(list, list.getBoundingClientRect().top, list.clientHeight);
      setNumbered(
        ui,
        tickets.slice(seen.from, seen.to).map(({ order }) => order.id),
      );
    };
    const observer = new ResizeObserver(number);
    observer.observe(list);
    list.addEventListener('scroll', number, { passive: true });
    return () => {
      observer.disconnect();
      list.removeEventListener('scroll', number);
    };
  }, [ui, tickets]);
  useEffect(() => () => setNumbered(ui, []), [ui]);
  return (
    <div className={board.scroll} ref={scroller} data-scroller>
      {children}
      <TicketList tickets={tickets} />
    </div>
  );
}
