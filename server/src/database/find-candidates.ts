import { type Kysely, sql } from 'kysely';
import type { OrderRow, Tables } from './tables.ts';

export interface CandidateQuery {
  /** null: all stores. */
  storeId: string | null;
  /** Folded; each of at least {@link INDEXED_LETTERS} letters. */
  texts: readonly string[];
  /** The range of search keys: from `from` on, below `below`. */
  from: bigint;
  below: bigint;
  limit: number;
}

export type Candidate = Pick<OrderRow, 'id' | 'store_id' | 'status' | 'created_at' | 'search'> & {
  search_key: string;
};

/** The index finds texts of at least so many letters. */
export const INDEXED_LETTERS = 3;
/** Groups looked up of each text; more find hardly anything that these do not. */
const MOST_GROUPS = 24;

/**
 * Orders that have all groups of three letters of one of the texts, newest first: all that contain the text, and perhaps
 * some that do not.
 */
export async function findCandidates(db: Kysely<Tables>, query: CandidateQuery): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select orders.id, orders.store_id, orders.status, orders.created_at, orders.search,
      cast(orders.search_key as text) as search_key
    from order_search join orders on orders.search_key = order_search.rowid
    where order_search match ${matching(query)}
      and order_search.rowid >= ${query.from} and order_search.rowid < ${query.below}
    order by order_search.rowid desc limit ${query.limit}`.execute(db);
  return rows;
}

function matching({ storeId, texts }: CandidateQuery): string {
  const one = `(${texts.map((text) => `(${groupsOf(text).slice(0, MOST_GROUPS).join(' AND ')})`).join(' OR ')})`;
  return storeId === null ? one : `${groupsOf(`<<${storeId}>>`).join(' AND ')} AND ${one}`;
}

/** Quoted for FTS5. */
function groupsOf(text: string): string[] {
  const letters = [...text];
  const groups = letters.slice(0, 1 - INDEXED_LETTERS).map((_, i) => letters.slice(i, i + INDEXED_LETTERS).join(''));
  return [...new Set(groups)].map((group) => `"${group.replaceAll('"', '""')}"`);
}
