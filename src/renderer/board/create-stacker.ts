import type { Ticket } from '#contract/bridge.ts';

/** Shares tickets out over stacks that hang side by side in one column. */
export type Stacker = (tickets: readonly Ticket[], stacks: number) => readonly (readonly Ticket[])[];

/**
 * A stacker that remembers: a ticket stays in its stack as long as it hangs there, so that nothing jumps sideways under a
 * finger when another one leaves; a new one goes to the stack with least on it. Each stack keeps the order of the
 * tickets. Only when a stack has run empty beside a long one is everything shared out anew. A stack in which nothing
 * changed is the same as before, and need not be drawn again.
 */
export function createStacker(): Stacker {
  let places = new Map<string, number>();
  let stackCount = 0;
  let last: readonly (readonly Ticket[])[] = [];

  function share(tickets: readonly Ticket[], known: ReadonlyMap<string, number>): Ticket[][] {
    const stacks: Ticket[][] = Array.from({ length: stackCount }, () => []);
    const heights = stacks.map(() => 0);
    // First who has a place, so that new ones see how full the stacks are.
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
    let stacks = share(tickets, places);
    if (stacks.some((stack) => stack.length === 0) && stacks.some((stack) => stack.length > 1))
      stacks = share(tickets, new Map());
    places = new Map(stacks.flatMap((stack, place) => stack.map((ticket) => [ticket.order.id, place])));
    last = stacks.map((stack, place) => sameAs(last[place], stack));
    return last;
  };
}

function sameAs(before: readonly Ticket[] | undefined, now: readonly Ticket[]): readonly Ticket[] {
  return before?.length === now.length && before.every((ticket, i) => ticket === now[i]) ? before : now;
}

/** About how high a ticket hangs, in lines; only compared with others. */
function lines({ order }: Ticket): number {
  const HEAD_AND_FOOT = 4;
  const items = order.items.reduce(
    (sum, item) =>
      sum + 1 + (item.modifiers.length > 0 ? 0.5 : 0) + (item.note ? 1 : 0) + (item.allergens.length > 0 ? 0.5 : 0),
    0,
  );
  return HEAD_AND_FOOT + items + (order.note ? 1 : 0);
}
