import type { Kysely } from 'kysely';
import { type CheckedTable, damagedRows, doubled, wholeRow, withChecksum } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import { storeTextAsRead } from '../database/store-text-as-read.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { wholeStore } from '../stores/find-store.ts';
import { mendFromLog } from './mend-from-log.ts';
import { mendMarks } from './mend-marks.ts';

export interface MendParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  onDamage: OnDamage;
}

/**
 * Reads every row that has a checksum, but orders, changes and what {@link mendGrowingRows} reads, before anything is served;
 * mends and reports damaged ones.
 *
 * @throws if both copies of a store are damaged
 */
export async function mendRows({ db, queue, onDamage }: MendParts): Promise<void> {
  const tables = [
    'stores',
    'availability',
    'webhooks',
    'sources',
    'telegram_chats',
    'printers',
    'store_logs',
    'devices',
    'pairing_codes',
    'sessions',
    'former_tokens',
    'believed_time',
  ] as const;
  if (await isAnyDamaged(db, tables))
    await queue.write(null, async (write) => {
      for (const table of tables) await storeTextAsRead(write.tx, table);
      await mendStores(write, onDamage);
      await mendAvailability(write, onDamage);
      await mendById(write, 'devices', 'device', onDamage);
      await mendById(write, 'webhooks', 'webhook', onDamage);
      await mendById(write, 'sources', 'source', onDamage);
      await mendById(write, 'telegram_chats', 'chat', onDamage);
      await mendById(write, 'printers', 'printer', onDamage);
      await mendLogs(write, onDamage);
      await dropPairingCodes(write, onDamage);
      await dropSessions(write, onDamage);
      await dropFormerTokens(write, onDamage);
      await dropBelievedTime(write, onDamage);
    });
}

/** As {@link mendRows}, the tables that grow with the orders. Whoever reads one of their rows checks it too. */
export async function mendGrowingRows({ db, queue, onDamage }: MendParts): Promise<void> {
  const tables = ['source_marks', 'commands', 'external_ids'] as const;
  if (await isAnyDamaged(db, tables))
    await queue.write(null, async (write) => {
      for (const table of tables) await storeTextAsRead(write.tx, table);
      await mendFromLog(write, { onDamage });
      await mendMarks(write, onDamage);
    });
  // These stay: a repeat of the request must find its key.
  for (const { caller_id: caller, key } of await damagedRows(db, 'idempotency_keys'))
    onDamage({ row: 'idempotency key', outcome: 'left_out', storeId: null, key: `${caller} ${key}` });
}

async function isAnyDamaged(db: Kysely<Tables>, tables: readonly CheckedTable[]): Promise<boolean> {
  for (const table of tables) if ((await damagedRows(db, table)).length > 0) return true;
  return false;
}

async function mendStores({ tx }: Write, onDamage: OnDamage): Promise<void> {
  for (const row of await damagedRows(tx, 'stores')) {
    const store = wholeStore(row);
    await tx.updateTable('stores').set(doubled('stores', store)).where('id', '=', row.id).execute();
    onDamage({ row: 'store', outcome: 'rebuilt', storeId: store.id });
  }
}

async function mendAvailability({ tx }: Write, onDamage: OnDamage): Promise<void> {
  for (const row of await damagedRows(tx, 'availability')) {
    const whole = wholeRow('availability', row);
    await tx.deleteFrom('availability').where('store_id', '=', row.store_id).execute();
    // Its key may be what was damaged, and a newer row have taken that since.
    if (whole)
      await tx
        .insertInto('availability')
        .values(doubled('availability', whole))
        .onConflict((oc) => oc.doNothing())
        .execute();
    onDamage({ row: 'availability', outcome: whole ? 'rebuilt' : 'left_out', storeId: (whole ?? row).store_id });
  }
}

/** Rows with an id and a second copy. One of which both are damaged stays, and is left out by whoever reads it. */
async function mendById(
  { tx }: Write,
  table: 'devices' | 'webhooks' | 'sources' | 'telegram_chats' | 'printers',
  row: 'device' | 'webhook' | 'source' | 'chat' | 'printer',
  onDamage: OnDamage,
): Promise<void> {
  for (const damaged of await damagedRows(tx, table)) {
    const whole = wholeRow(table, damaged);
    if (whole) await tx.updateTable(table).set(doubled(table, whole)).where('id', '=', damaged.id).execute();
    const { id: key, store_id: storeId } = whole ?? damaged;
    onDamage({ row, outcome: whole ? 'rebuilt' : 'left_out', storeId, key });
  }
}

/** Begins the log again after its last change, so that every display starts over. */
async function mendLogs({ tx }: Write, onDamage: OnDamage): Promise<void> {
  for (const { store_id, epoch } of await damagedRows(tx, 'store_logs')) {
    await tx.deleteFrom('store_logs').where('store_id', '=', store_id).execute();
    const without = await tx
      .selectFrom('stores')
      .select('id')
      .where('id', 'not in', tx.selectFrom('store_logs').select('store_id'))
      .execute();
    for (const { id: storeId } of without) {
      const last = await tx
        .selectFrom('changes')
        .select(['seq', 'hash'])
        .where('store_id', '=', storeId)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      const { seq, hash } = last ?? { seq: 0, hash: null };
      const log = { store_id: storeId, head: seq, head_hash: hash, min_seq: seq + 1, floor_hash: hash };
      await tx
        .insertInto('store_logs')
        .values({ ...withChecksum('store_logs', log), epoch })
        .execute();
      onDamage({ row: 'log', outcome: 'rebuilt', storeId });
    }
  }
}

async function dropPairingCodes({ tx }: Write, onDamage: OnDamage): Promise<void> {
  for (const { code_hash, store_id: storeId } of await damagedRows(tx, 'pairing_codes')) {
    await tx.deleteFrom('pairing_codes').where('code_hash', '=', code_hash).execute();
    onDamage({ row: 'pairing code', outcome: 'left_out', storeId });
  }
}

async function dropSessions({ tx }: Write, onDamage: OnDamage): Promise<void> {
  for (const { session_hash } of await damagedRows(tx, 'sessions')) {
    await tx.deleteFrom('sessions').where('session_hash', '=', session_hash).execute();
    onDamage({ row: 'session', outcome: 'left_out', storeId: null });
  }
}

async function dropFormerTokens({ tx }: Write, onDamage: OnDamage): Promise<void> {
  for (const { token_hash } of await damagedRows(tx, 'former_tokens')) {
    await tx.deleteFrom('former_tokens').where('token_hash', '=', token_hash).execute();
    onDamage({ row: 'former token', outcome: 'left_out', storeId: null });
  }
}

/** The clock watch takes it from the newest change. */
async function dropBelievedTime({ tx }: Write, onDamage: OnDamage): Promise<void> {
  if ((await damagedRows(tx, 'believed_time')).length === 0) return;
  await tx.deleteFrom('believed_time').execute();
  onDamage({ row: 'believed time', outcome: 'rebuilt', storeId: null });
}
