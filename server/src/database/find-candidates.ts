import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dialectOf } from './dialect-of.ts';
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
 * Orders that have all groups of three letters of one of the texts, and those of any store that wait for the index, newest first: all
 * that contain the text, and perhaps some that do not.
 */
export async function findCandidates(db: Kysely<Tables>, query: CandidateQuery): Promise<Candidate[]> {
  const { from, below, limit } = query;
  const columns = sql`orders.id, orders.store_id, orders.status, orders.created_at, orders.search, orders.search_key`;
  const indexed = dialectOf(db) === 'sqlite' ? inSqlite(query) : inPostgres(query);
  const { rows } = await sql<Candidate>`
    select id, store_id, status, created_at, search, cast(search_key as text) as search_key from (
      select * from (select ${columns} from ${indexed} limit ${limit}) as of_index
      union all
      select * from (select ${columns} from order_search_waiting
        join orders on orders.search_key = order_search_waiting.search_key
        where order_search_waiting.search_key >= ${from} and order_search_waiting.search_key < ${below}
        order by order_search_waiting.search_key desc limit ${limit}) as waiting
    ) as candidates
    order by candidates.search_key desc limit ${limit}`.execute(db);
  return rows;
}

function inSqlite(query: CandidateQuery): RawBuilder<unknown> {
  return sql`order_search join orders on orders.search_key = order_search.rowid
    where order_search match ${matching(query)}
      and order_search.rowid >= ${query.from} and order_search.rowid < ${query.below}
    order by order_search.rowid desc`;
}

/** The store is no group of letters here: its orders are found by their own row. */
function inPostgres({ storeId, texts, from, below }: CandidateQuery): RawBuilder<unknown> {
  const one = texts.map((text) => sql`order_search.groups @> ${groupsOf(text).slice(0, MOST_GROUPS)}::text[]`);
  const ofStore = storeId === null ? sql`true` : sql`orders.store_id = ${storeId}`;
  return sql`order_search join orders on orders.search_key = order_search.search_key
    where (${sql.join(one, sql` or `)}) and ${ofStore}
      and order_search.search_key >= ${from} and order_search.search_key < ${below}
    order by order_search.search_key desc`;
}

function matching({ storeId, texts }: CandidateQuery): string {
  const one = `(${texts.map((text) => `(${all(groupsOf(text).slice(0, MOST_GROUPS))})`).join(' OR ')})`;
  return storeId === null ? one : `${all(groupsOf(`<<${storeId}>>`))} AND ${one}`;
}

/** In the language of FTS5. */
const all = (groups: string[]): string => groups.map((group) => `"${group.replaceAll('"', '""')}"`).join(' AND ');

function groupsOf(text: string): string[] {
  const letters = [...text];
  const groups = letters.slice(0, 1 - INDEXED_LETTERS).map((_, i) => letters.slice(i, i + INDEXED_LETTERS).join(''));
  return [...new Set(groups)];
}
