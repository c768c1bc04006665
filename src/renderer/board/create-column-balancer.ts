import type { Ticket } from '#contract/ticket.ts';
import { sameList } from './arrange.ts';

/** Distributes the tickets of one column over its stacks, which are side by side. */
export type ColumnBalancer = (tickets: readonly Ticket[], stackCount: number) => readonly (readonly Ticket[])[];

/**
 * A balancer is stateful: a ticket stays in its stack, so that nothing jumps sideways under a finger when another one leaves.
 * A new ticket goes to the shortest stack. Each stack keeps the order of the tickets. The balancer redistributes all tickets
 * only when one stack is empty while another has several. An unchanged stack keeps its identity.
 */
export function createColumnBalancer(): ColumnBalancer {
  let places = new Map<string, number>();
  let stackCount = 0;
  let last: readonly (readonly Ticket[])[] = [];

  function distribute(tickets: readonly Ticket[], known: ReadonlyMap<string, number>): Ticket[][] {
    const stacks: Ticket[][] = Array.from({ length: stackCount }, () => []);
    const heights = stacks.map(() => 0);
    // Known tickets first, so that new ones see how full the stacks are.
    for (const ticket of tickets) {
      const place = known.get(ticket.order.id);
      if (place !== undefined) heights[place] = (heights[place] ?? 0) + lines(ticket);
    }
    for (const ticket of tickets) {
      let place = known.get(ticket.order.id);
      if (place === undefined) {
        place = heights.indexOf(Math.min(...heights));
        heights[place] = (heights[place] ?? 0) + lines(ticket);
      }
      stacks[place]?.push(ticket);
    }
    return stacks;
  }

  return (tickets, count) => {
    if (count !== stackCount) places = new Map();
    stackCount = count;
    let stacks = distribute(tickets, places);
    if (stacks.some((stack) => stack.length === 0) && stacks.some((stack) => stack.length > 1))
      stacks = distribute(tickets, new Map());
    places = new Map(stacks.flatMap((stack, place) => stack.map((ticket) => [ticket.order.id, place])));
    last = stacks.map((stack, place) => sameList(last[place], stack));
    return last;
  };
}

/** Approximate height of a ticket in lines, for comparison only. */
function lines({ order }: Ticket): number {
  const HEAD_AND_FOOT = 4;
  const items = order.items.reduce(
    (sum, item) =>
      sum + 1 + (item.modifiers.length > 0 ? 0.5 : 0) + (item.note ? 1 : 0) + (item.allergens.length > 0 ? 0.5 : 0),
    0,
  );
  return HEAD_AND_FOOT + items + (order.note ? 1 : 0);
}
