import type { Order } from '#contract/order.ts';
import { answerRow } from '../commands/ledger.ts';
import { damagedRows, withChecksum } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import type { ChangeRow, Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { isWholeChange } from '../log/change-rows.ts';
import { changesAfter } from '../log/read-log.ts';

/** Changes read at a time. */
const SLICE = 200;

/**
 * Replaces the damaged answers to commands and the damaged external ids by what the log says. Their keys may be damaged too,
 * so it also adds what the log has and those tables lack. Reads the whole history, if there is such a row.
 */
export async function mendFromLog({ tx }: Write, { onDamage }: { onDamage: OnDamage }): Promise<void> {
  const answers = await damagedRows(tx, 'commands');
  const externalIds = await damagedRows(tx, 'external_ids');
  if (answers.length + externalIds.length === 0) return;
  for (const { device_id, command_id } of answers)
    await tx.deleteFrom('commands').where('device_id', '=', device_id).where('command_id', '=', command_id).execute();
  for (const { store_id, external_id } of externalIds)
    await tx
      .deleteFrom('external_ids')
      .where('store_id', '=', store_id)
      .where('external_id', '=', external_id)
      .execute();

  for (const { id: storeId } of await tx.selectFrom('stores').select('id').execute())
    for (let after: number | undefined = 0; after !== undefined; ) {
      const rows: ChangeRow[] = await changesAfter(tx, storeId, after, SLICE);
      for (const row of rows) if (isWholeChange(row)) await addFrom(tx, row);
      after = rows.length < SLICE ? undefined : rows.at(-1)?.seq;
    }

  const devices = new Set((await tx.selectFrom('devices').select('id').execute()).map(({ id }) => id));
  for (const { device_id, command_id, at } of answers) {
    const notDone = {
      commandId: command_id,
      outcome: 'rejected',
      seq: 0,
      code: 'quarantined',
      message: 'The answer to this command was damaged on the server’s disk, and the log has no change by it.',
    } as const;
    // Without its device, nobody can ask for it.
    const isMissing = !devices.has(device_id) || (await insert(tx, 'commands', answerRow(device_id, notDone, at)));
    onDamage({
      ...{ row: 'command answer', outcome: isMissing ? 'left_out' : 'rebuilt', storeId: null },
      key: command_id,
    });
  }
  for (const row of externalIds) {
    const ofOrder = await tx
      .selectFrom('external_ids')
      .select('external_id')
      .where('order_id', '=', row.order_id)
      .executeTakeFirst();
    // Stays damaged, and so refuses an order that is sent with it.
    const isMissing = !ofOrder && (await insert(tx, 'external_ids', row));
    const { store_id: storeId, external_id: key } = row;
    onDamage({ row: 'external id', outcome: isMissing ? 'left_out' : 'rebuilt', storeId, key });
  }
}

async function addFrom(tx: Write['tx'], row: ChangeRow): Promise<void> {
  const { seq, at, cause_device, cause_command } = row;
  if (cause_device !== null && cause_command !== null)
    await insert(tx, 'commands', answerRow(cause_device, { commandId: cause_command, outcome: 'applied', seq }, at));
  if (row.type !== 'order_created' || row.body === null) return;
  const { id, storeId, externalId } = JSON.parse(row.body) as Order;
  const external = { store_id: storeId, external_id: externalId ?? '', order_id: id };
  if (externalId !== null) await insert(tx, 'external_ids', withChecksum('external_ids', external));
}

/** @returns whether there was no such row */
async function insert<T extends 'commands' | 'external_ids'>(tx: Write['tx'], table: T, row: Tables[T]) {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto(table)
    .values(row as never)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
