import { type Kysely, sql } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { Tables } from '../database/tables.ts';
import { type OrderQuery, Refusal } from '../service.ts';
import { foldText } from './search-text.ts';

/**
 * Newest first by `createdAt`, then by id; `nextBefore` is where the next page goes on. Refuses with `invalid_request`
 * when `before` is none.
 */
export async function listOrders(
  db: Kysely<Tables>,
  { storeId, status, q, from, to, limit, before }: OrderQuery,
): Promise<{ orders: Order[]; nextBefore: string | null }> {
  let query = db
    .selectFrom('orders')
    .select(['id', 'created_at', 'body'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (storeId !== null) query = query.where('store_id', '=', storeId);
  if (status) query = query.where('status', 'in', status);
  if (q) query = query.where(contains(foldText(q)));
  if (from !== undefined) query = query.where('created_at', '>=', from);
  if (to !== undefined) query = query.where('created_at', '<=', to);
  if (before !== undefined) {
    const [createdAt, id] = positionOf(before);
    query = query.where((eb) => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(createdAt, id)));
  }
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    orders: page.map((row) => JSON.parse(row.body) as Order),
    nextBefore: rows.length > limit && last ? cursorOf(last.created_at, last.id) : null,
  };
}

/** Whether `search` holds the text, taken as it is written: `%` and `_` mean themselves. */
const contains = (text: string) =>
  sql<boolean>`search like ${`%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;

const cursorOf = (createdAt: string, id: string): string => Buffer.from(`${createdAt} ${id}`).toString('base64url');

function positionOf(before: string): [createdAt: string, id: string] {
  const [, createdAt, id] = /^(\S+Z) (\S+)$/.exec(Buffer.from(before, 'base64url').toString()) ?? [];
  if (createdAt === undefined || id === undefined)
    throw new Refusal('invalid_request', 'before is not the nextBefore of a page.', {
      details: [{ path: 'before', message: 'must be the nextBefore of the page before' }],
    });
  return [createdAt, id];
}
