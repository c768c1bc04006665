import { useEffect, useRef, useState } from 'react';
import type { OrderFilter } from '#contract/order-filter.ts';
import type { Source } from '#contract/search.ts';
import type { SearchPage, Ticket } from '#contract/ticket.ts';
import { useScreen, useView } from '../shared/screen.tsx';
import { serverIsThere } from '../view-store/shown-link.ts';

/** Debounce after the last letter, ms: before searching the local copy, and then before searching the server. */
const TYPING_MS = 120;
const SERVER_MS = 250;

export interface Found extends SearchPage {
  from: Source;
}
/** `offline`: the server was not asked; `unanswered`: it did not answer; `broken`: the local copy could not be read. */
export type SearchState = 'asking' | 'done' | 'offline' | 'unanswered' | 'broken';

const NOTHING: Found = { from: 'copy', tickets: [], days: null, nextBefore: null };

/** Searches the local copy at once and then, with a link, the server, whose results replace those of the copy. */
export function useSearch(q: string, filter: OrderFilter) {
  const { actions } = useScreen();
  const there = useView(serverIsThere);
  const [found, setFound] = useState<Found>(NOTHING);
  const [state, setState] = useState<SearchState>('asking');
  /** Numbers the queries: an answer to an older one is dropped. */
  const question = useRef(0);

  async function ask(from: Source, before: string | null, mine: number): Promise<Found | null | 'late'> {
    const page = await actions.read('searchOrders', { from, q, filter, before });
    if (mine !== question.current) return 'late';
    return page && { ...page, from };
  }

  async function look(mine: number): Promise<void> {
    const copy = await ask('copy', null, mine);
    if (copy === 'late') return;
    if (copy) setFound(copy);
    if (!there) return setState(copy ? 'offline' : 'broken');
    await new Promise((resolve) => setTimeout(resolve, SERVER_MS));
    if (mine !== question.current) return;
    const server = await ask('server', null, mine);
    if (server === 'late') return;
    if (server) setFound(server);
    setState(server ? 'done' : copy ? 'unanswered' : 'broken');
  }

  async function older(): Promise<void> {
    const mine = ++question.current;
    setState('asking');
    const page = await ask(found.from, found.nextBefore, mine);
    if (page === 'late') return;
    if (page) setFound({ ...page, tickets: joined(found.tickets, page.tickets) });
    setState(page ? (found.from === 'server' ? 'done' : 'offline') : found.from === 'server' ? 'unanswered' : 'broken');
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another query or another source searches again
  useEffect(() => {
    const mine = ++question.current;
    setState('asking');
    const timer = setTimeout(() => void look(mine), q ? TYPING_MS : 0);
    return () => {
      clearTimeout(timer);
      question.current++;
    };
  }, [q, filter, there]);

  return { found, state, older: () => void older() };
}

/** Drops duplicates: the list may have moved between two pages. */
function joined(before: readonly Ticket[], more: readonly Ticket[]): Ticket[] {
  const known = new Set(before.map(({ order }) => order.id));
  return [...before, ...more.filter(({ order }) => !known.has(order.id))];
}
