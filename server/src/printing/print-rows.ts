import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { PrintJob, PrintReason } from '#contract/printer.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import type { PrintRow } from './print-tables.ts';

/** A paper to add; `at` ISO. */
export interface NewPrint {
  printerId: string;
  orderId: string | null;
  reason: PrintReason;
  at: string;
  /** Of a backup, which is watched before it waits. */
  seq?: number;
}

/** Adds a paper; null: the printer has had it. By hand every request is another one. */
export async function addPrint(
  { tx }: Write,
  { printerId, orderId, reason, at, seq }: NewPrint,
): Promise<PrintRow | null> {
  const id = uuid();
  const byHand = reason === 'manual' || reason === 'test';
  const row = await tx
    .insertInto('prints')
    .values({
      id,
      printer_id: printerId,
      order_id: orderId,
      reason,
      request: byHand ? id : `${reason} ${orderId}`,
      seq: seq ?? null,
      state: reason === 'no_display' ? 'watched' : 'waiting',
      reprint: 0,
      trouble: null,
      created_at: at,
    })
    .onConflict((oc) => oc.columns(['printer_id', 'request']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** A paper by hand that waits already. */
export function waitingByHand(
  db: Kysely<Tables>,
  { printerId, orderId, reason }: Pick<NewPrint, 'printerId' | 'orderId' | 'reason'>,
): Promise<PrintRow | undefined> {
  return db
    .selectFrom('prints')
    .selectAll()
    .where('printer_id', '=', printerId)
    .where('state', '=', 'waiting')
    .where('reason', '=', reason)
    .where('order_id', orderId === null ? 'is' : '=', orderId)
    .executeTakeFirst();
}

/** The one that a printer prints next. */
export function nextPrint(db: Kysely<Tables>, printerId: string): Promise<PrintRow | undefined> {
  return db
    .selectFrom('prints')
    .selectAll()
    .where('printer_id', '=', printerId)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** The backups whose time has come. @param before ISO */
export function watchedPrints(db: Kysely<Tables>, printerId: string, before: string): Promise<PrintRow[]> {
  return db
    .selectFrom('prints')
    .selectAll()
    .where('printer_id', '=', printerId)
    .where('state', '=', 'watched')
    .where('created_at', '<=', before)
    .orderBy('id')
    .execute();
}

/** Changes a paper that is still in the state `from`; false: it is not. */
export async function setPrint(
  { tx }: Write,
  { id }: Pick<PrintRow, 'id'>,
  from: PrintRow['state'],
  to: Partial<Pick<PrintRow, 'state' | 'reprint' | 'trouble'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('prints')
    .set(to)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Papers whose sending a kill ended: once more, marked as a reprint, and never a third time. */
export async function recoverPrints({ tx }: Write): Promise<void> {
  const sending = tx.updateTable('prints').where('state', '=', 'sending');
  await sending.where('reprint', '=', 1).set({ state: 'given_up', trouble: 'error' }).execute();
  await sending.where('reprint', '=', 0).set({ state: 'waiting', reprint: 1 }).execute();
}

export const printJob = ({ id, printer_id, order_id, state, trouble }: PrintRow): PrintJob => ({
  id,
  printerId: printer_id,
  orderId: order_id,
  state: state === 'printed' || state === 'given_up' ? state : 'waiting',
  trouble,
});
