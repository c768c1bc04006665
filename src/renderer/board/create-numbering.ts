import type { Ticket } from '#contract/ticket.ts';
import type { OpenStatus } from './arrange.ts';

/** Numbers the visible tickets of all columns together, oldest first. */
export interface Numbering {
  /** @param open all open tickets, in the order in which they should leave the kitchen */
  setOrder(open: readonly Ticket[]): void;
  setVisible(column: OpenStatus, tickets: readonly Ticket[]): void;
}

/** @param onChange gets the ids of the visible tickets in their order, once for all that changed together */
export function createNumbering(onChange: (ids: readonly string[]) => void): Numbering {
  const visible = new Map<OpenStatus, readonly Ticket[]>();
  let order: readonly Ticket[] = [];
  let scheduled = false;

  function number(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      const ids = new Set([...visible.values()].flatMap((tickets) => tickets.map((ticket) => ticket.order.id)));
      onChange(order.flatMap((ticket) => (ids.has(ticket.order.id) ? [ticket.order.id] : [])));
    });
  }
  return {
    setOrder(open) {
      order = open;
      number();
    },
    setVisible(column, tickets) {
      visible.set(column, tickets);
      number();
    },
  };
}
