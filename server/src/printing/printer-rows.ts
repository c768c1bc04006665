import type { Kysely } from 'kysely';
import type { Printer, PrinterDraft, PrintOccasion } from '#contract/printer.ts';
import { doubled, wholeRow } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { ServiceError } from '../service-error.ts';
import type { PrinterRow } from './print-tables.ts';

/** Each occasion with the head of the log when it was switched on. */
export type Occasions = Partial<Record<PrintOccasion, number>>;
type Model = Pick<PrinterDraft, 'columns' | 'dots' | 'encoding' | 'command'>;

export const occasionsOf = ({ occasions }: Pick<PrinterRow, 'occasions'>): Occasions =>
  JSON.parse(occasions) as Occasions;
export const modelOf = ({ model }: Pick<PrinterRow, 'model'>): Model => JSON.parse(model) as Model;

/** Those that were on before keep their beginning. */
export const occasionsFrom = (on: readonly PrintOccasion[], head: number, before: Occasions = {}): string =>
  JSON.stringify(Object.fromEntries(on.map((occasion) => [occasion, before[occasion] ?? head])));

/** @param storeId the caller's store; null: any. Refuses with `not_found`; another store's is not found. */
export async function findPrinter(db: Kysely<Tables>, id: string, storeId: string | null): Promise<PrinterRow> {
  const row = await db.selectFrom('printers').selectAll().where('id', '=', id).executeTakeFirst();
  const printer = row && (wholeRow('printers', row) ?? row);
  if (!printer || (storeId !== null && printer.store_id !== storeId))
    throw new ServiceError('not_found', 'There is no such printer.');
  return printer;
}

/** All that are readable. */
export async function allPrinters(db: Kysely<Tables>): Promise<PrinterRow[]> {
  const rows = await db.selectFrom('printers').selectAll().orderBy('id').execute();
  return rows.flatMap((row) => wholeRow('printers', row) ?? []);
}

export async function savePrinter({ tx }: Write, values: Omit<PrinterRow, 'checksum' | 'second_copy'>): Promise<void> {
  const row = doubled('printers', values);
  await tx
    .insertInto('printers')
    .values(row)
    .onConflict((oc) => oc.column('id').doUpdateSet(row))
    .execute();
}

export async function deletePrinter({ tx }: Write, id: string): Promise<void> {
  await tx.deleteFrom('prints').where('printer_id', '=', id).execute();
  await tx.deleteFrom('printers').where('id', '=', id).execute();
}

/** A store's printers as the API shows them, oldest first; only the one with this id, if it is given. */
export async function printersOf(db: Kysely<Tables>, storeId: string, id?: string): Promise<Printer[]> {
  let query = db.selectFrom('printers').selectAll().where('store_id', '=', storeId).orderBy('id');
  if (id !== undefined) query = query.where('id', '=', id);
  const rows = (await query.execute()).flatMap((row) => wholeRow('printers', row) ?? []);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const jobs = await db
    .selectFrom('prints')
    .select(['printer_id', 'trouble', 'created_at'])
    .where('printer_id', 'in', ids)
    .where('state', 'in', ['waiting', 'sending'])
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const waiting = jobs.filter(({ printer_id }) => printer_id === row.id);
    return {
      id: row.id,
      storeId: row.store_id,
      name: row.name,
      address: row.address,
      ...modelOf(row),
      on: Object.keys(occasionsOf(row)) as PrintOccasion[],
      station: row.station,
      createdAt: row.created_at,
      trouble: waiting.find(({ trouble }) => trouble !== null)?.trouble ?? null,
      waiting: waiting.length,
      waitingSince: waiting[0]?.created_at ?? null,
    };
  });
}
