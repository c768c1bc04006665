import type { Write } from '../database/write-queue.ts';

/** Deletes a block of the escalations raised before `before` (ISO) whose order is deleted too. */
export async function dropEscalations({ tx }: Write, before: string, block: number): Promise<number> {
  const old = tx
    .selectFrom('escalations')
    .select('id')
    .where('raised_at', '<', before)
    .where('order_id', 'not in', tx.selectFrom('orders').select('id'))
    .limit(block);
  const dropped = await tx.deleteFrom('escalations').where('id', 'in', old).executeTakeFirst();
  return Number(dropped.numDeletedRows);
}
