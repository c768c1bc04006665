import type { Kysely } from 'kysely';
import { searchedFor } from '#contract/search-text.ts';
import { type Candidate, findCandidates, INDEXED_LETTERS } from '../database/find-candidates.ts';
import { firstSearchKey, searchKeyAfter } from '../database/search-key.ts';
import type { Tables } from '../database/tables.ts';
import type { OrderQuery } from '../service.ts';
import { pauseBetweenSlices } from '../time/pause-between-slices.ts';
import type { PageMark } from './page-mark.ts';
import { SEARCH_KEY, selectOrders } from './select-orders.ts';

/** Orders read at once: about 2 ms. */
const SLICE = 250;
/** Orders that one request examines; the next page continues there. */
const EXAMINED = 5_000;

export type Search = OrderQuery & { q: string };

/** The ids of a page of orders that contain `q`, newest first, and where the page ends; null: there are no more. */
export async function searchOrders(
  db: Kysely<Tables>,
  query: Search,
  after: PageMark | undefined,
  signal?: AbortSignal,
): Promise<{ ids: string[]; end: PageMark | null }> {
  const texts = searchedFor(query.q);
  const isIndexed = texts.every((text) => [...text].length >= INDEXED_LETTERS);
  const read = isIndexed ? indexed : newest;
  const ids: string[] = [];
  let last = after ?? null;
  for (let examined = 0; examined < EXAMINED; examined += SLICE) {
    if (examined > 0) await pauseBetweenSlices(signal);
    const slice = await read(db, query, texts, last);
    for (const candidate of slice) {
      if (isFound(candidate, query, texts)) {
        if (ids.length === query.limit) return { ids, end: last };
        ids.push(candidate.id);
      }
      last = candidate;
    }
    if (slice.length < SLICE) return { ids, end: null };
  }
  return { ids, end: last };
}

/** Candidates of the index. */
function indexed(
  db: Kysely<Tables>,
  { storeId, from, to }: Search,
  texts: readonly string[],
  after: PageMark | null,
): Promise<Candidate[]> {
  const lowest = from === undefined ? 0n : firstSearchKey(from);
  const above = to === undefined ? 2n ** 63n - 1n : searchKeyAfter(to);
  const mark = after === null ? above : BigInt(after.search_key);
  const below = mark < above ? mark : above;
  return findCandidates(db, { storeId, texts, from: lowest, below, limit: SLICE });
}

/** For texts shorter than what the index holds: all orders, from the newest on. */
function newest(db: Kysely<Tables>, query: Search, _: unknown, after: PageMark | null): Promise<Candidate[]> {
  return selectOrders(db, query, query.status, after ?? undefined)
    .select(['id', 'store_id', 'status', 'created_at', 'search', SEARCH_KEY])
    .limit(SLICE)
    .execute();
}

function isFound(order: Candidate, { storeId, status }: Search, texts: readonly string[]): boolean {
  return (
    (storeId === null || order.store_id === storeId) &&
    (status === undefined || status.includes(order.status)) &&
    texts.some((text) => order.search.includes(text))
  );
}
