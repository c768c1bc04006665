import { sql } from 'kysely';
import type { Write } from '../database/write-queue.ts';

/** Deletes one block of command answers and one of idempotency keys older than `before` (ISO). */
export async function dropAnswers({ tx }: Write, before: string, block: number): Promise<number> {
  let dropped = 0;
  for (const [table, ...columns] of [
    ['commands', 'device_id', 'command_id'],
    ['idempotency_keys', 'caller_id', 'key'],
  ] as const) {
    const key = sql.join(columns.map((column) => sql.ref(column)));
    const old = sql`select ${key} from ${sql.table(table)} where at < ${before} limit ${block}`;
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where (${key}) in (${old})`.execute(tx);
    dropped += Number(numAffectedRows);
  }
  return dropped;
}

/** Deletes a block of test pages that were asked for before `before` (ISO); papers of orders go with their order. */
export async function dropTestPages({ tx }: Write, before: string, block: number): Promise<number> {
  const old = await tx
    .selectFrom('prints')
    .select('id')
    .where('order_id', 'is', null)
    .where('created_at', '<', before)
    .where('state', '!=', 'sending')
    .limit(block)
    .execute();
  const ids = old.map(({ id }) => id);
  await tx.deleteFrom('prints').where('id', 'in', ids).execute();
  return ids.length;
}

/** Deletes a block of escalations raised before `before` (ISO) whose order is also deleted, or that are a store's and resolved. */
export async function dropEscalations({ tx }: Write, before: string, block: number): Promise<number> {
  const old = await tx
    .selectFrom('escalations')
    .select('id')
    .where('raised_at', '<', before)
    .where((eb) =>
      eb.or([
        // Null is not in an empty table.
        eb.and([eb('order_id', 'is not', null), eb('order_id', 'not in', tx.selectFrom('orders').select('id'))]),
        eb.and([eb('order_id', 'is', null), eb('resolved_at', 'is not', null)]),
      ]),
    )
    .limit(block)
    .execute();
  const ids = old.map(({ id }) => id);
  await tx.deleteFrom('telegram_messages').where('about', 'in', ids).execute();
  await tx.deleteFrom('escalations').where('id', 'in', ids).execute();
  return ids.length;
}
