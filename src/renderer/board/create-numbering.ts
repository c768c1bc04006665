import type { Ticket } from '#contract/ticket.ts';
import type { OpenStatus } from './arrange.ts';

/** Numbers the visible tickets of all columns together, oldest first. */
export interface Numbering {
  /** @param open all open tickets, in the order in which they should leave the kitchen */
  setOrder(open: readonly Ticket[]): void;
  setVisible(column: OpenStatus, tickets: readonly Ticket[]): void;
}

/** @param onChange gets the ids of the visible tickets in their order */
export function createNumbering(onChange: (ids: readonly string[]) => void): Numbering {
  const visible = new Map<OpenStatus, readonly Ticket[]>();
  let order: readonly Ticket[] = [];

  function number(): void {
    const ids = new Set([...visible.values()].flat().map((ticket) => ticket.order.id));
    onChange(order.filter((ticket) => ids.has(ticket.order.id)).map((ticket) => ticket.order.id));
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
