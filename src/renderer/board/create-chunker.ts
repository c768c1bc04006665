import type { Ticket } from '#contract/ticket.ts';
import { sameList } from './arrange.ts';

/** Consecutive tickets of a stack that the browser lays out together, or skips together while out of sight. */
export interface Chunk {
  /** Stays the same as long as the chunk exists; React's key. */
  key: number;
  tickets: readonly Ticket[];
}

/** A chunk of new tickets takes this many; an existing one accepts new tickets up to `MOST`. */
const SIZE = 4;
const MOST = 8;

/**
 * Divides the tickets of a stack into chunks. The browser does some work per skippable part in every frame, and there are a
 * quarter as many chunks as tickets. A chunker is stateful: a ticket stays in its chunk, so that it does not render again when
 * another one comes or goes. An unchanged chunk keeps its identity.
 */
export function createChunker(): (tickets: readonly Ticket[]) => readonly Chunk[] {
  let known = new Map<string, number>();
  let last = new Map<number, Chunk>();
  let nextKey = 0;

  return (tickets) => {
    const staying = stayingIn(tickets, known);
    const begun = new Set<number>();
    const chunks: { key: number; tickets: Ticket[] }[] = [];
    for (const ticket of tickets) {
      const key = staying.get(ticket);
      const newcomer = key === undefined || begun.has(key);
      const current = chunks.at(-1);
      const room = current ? (last.has(current.key) ? MOST : SIZE) - current.tickets.length : 0;
      if (current && room > 0 && (newcomer || key === current.key)) {
        current.tickets.push(ticket);
        continue;
      }
      const own = newcomer ? nextKey++ : key;
      begun.add(own);
      chunks.push({ key: own, tickets: [ticket] });
    }
    const now = chunks.map((chunk) => {
      const before = last.get(chunk.key);
      return before && sameList(before.tickets, chunk.tickets) === before.tickets ? before : chunk;
    });
    last = new Map(now.map((chunk) => [chunk.key, chunk]));
    known = new Map(now.flatMap(({ key, tickets: some }) => some.map(({ order }) => [order.id, key])));
    return now;
  };
}

/** The chunk in which each ticket stays. When a chunk is split, its longest part keeps the key. */
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
