import type { Ticket } from '#contract/bridge.ts';

/** A few tickets of a stack, one below the other, that are laid out, or left out while out of sight, together. */
export interface Bunch {
  /** Its own as long as it hangs; React's key. */
  key: number;
  tickets: readonly Ticket[];
}

/** So many newcomers make a bunch of their own; one that hangs already takes them in up to `MOST`. */
const SIZE = 4;
const MOST = 8;

/**
 * Parts the tickets of a stack into bunches: whatever a browser does for each part that it may leave out, frame by frame,
 * is then done for a fourth as many. It remembers: a ticket stays in its bunch as long as the bunch hangs together, so
 * that it is not drawn anew because another one came or went; a bunch in which nothing changed is the same as before.
 */
export function createBuncher(): (tickets: readonly Ticket[]) => readonly Bunch[] {
  let known = new Map<string, number>();
  let last = new Map<number, Bunch>();
  let nextKey = 0;

  return (tickets) => {
    const staying = stayingIn(tickets, known);
    const begun = new Set<number>();
    const bunches: { key: number; tickets: Ticket[] }[] = [];
    for (const ticket of tickets) {
      const key = staying.get(ticket);
      const newcomer = key === undefined || begun.has(key);
      const current = bunches.at(-1);
      const room = current ? (last.has(current.key) ? MOST : SIZE) - current.tickets.length : 0;
      if (current && room > 0 && (newcomer || key === current.key)) {
        current.tickets.push(ticket);
        continue;
      }
      const own = newcomer ? nextKey++ : key;
      begun.add(own);
      bunches.push({ key: own, tickets: [ticket] });
    }
    const now = bunches.map((bunch) => sameAs(last.get(bunch.key), bunch));
    last = new Map(now.map((bunch) => [bunch.key, bunch]));
    known = new Map(now.flatMap(({ key, tickets: some }) => some.map(({ order }) => [order.id, key])));
    return now;
  };
}

/** In which bunch each ticket stays: of one that was torn apart, the longest part goes on as that bunch. */
function stayingIn(tickets: readonly Ticket[], known: ReadonlyMap<string, number>): Map<Ticket, number> {
  const parts: { key: number; tickets: Ticket[] }[] = [];
  for (const ticket of tickets) {
    const key = known.get(ticket.order.id);
    if (key === undefined) continue;
    const part = parts.at(-1);
    if (part?.key === key) part.tickets.push(ticket);
    else parts.push({ key, tickets: [ticket] });
  }
  const longest = new Map<number, Ticket[]>();
  for (const part of parts)
    if (part.tickets.length > (longest.get(part.key)?.length ?? 0)) longest.set(part.key, part.tickets);
  return new Map([...longest].flatMap(([key, part]) => part.map((ticket) => [ticket, key])));
}

function sameAs(before: Bunch | undefined, now: Bunch): Bunch {
  const same =
    before?.tickets.length === now.tickets.length && now.tickets.every((ticket, i) => ticket === before.tickets[i]);
  return same ? before : now;
}
