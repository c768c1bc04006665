import { resolve } from 'node:path';
import { STATUSES } from '#contract/status.ts';
import { fileOfUrl, isPostgresUrl } from '#server/database/open-database.ts';
import { wholeStore } from '#server/stores/find-store.ts';
import { backUp } from '../backup/back-up.ts';
import { openTarget, type Target } from './open-target.ts';
import type { ImportStore } from './order-of-row.ts';
import { type Plan, planImport, type RefusedRow } from './plan-import.ts';
import { readOldRows } from './read-old-rows.ts';
import { writeOrders } from './write-orders.ts';

/** Progress is reported once for so many orders. */
const REPORT_EVERY = 320;

export interface ImportOptions {
  storeId: string;
  /** Path of the older system's file. */
  file: string;
  /** The server's database, as in `DATABASE_URL`. */
  database: string;
  /** Folder for the copy of a PostgreSQL database, by default the current one; that of a file is made beside it. */
  copyTo?: string;
  /** Only counts. */
  isDryRun: boolean;
  /** ms since 1970. */
  now: number;
  /** Takes a line of the report. */
  say(line: string): void;
}

/**
 * Counts what would change, makes a copy of the database, imports in batches, and reports the rows that could not be taken.
 *
 * @returns the exit code: 0, or 1 if it did not get to the end
 * @throws with one sentence, before anything is changed
 */
export async function importFile(options: ImportOptions): Promise<0 | 1> {
  const { storeId, file, database, copyTo = '.', isDryRun, now, say } = options;
  const { rows, ignored } = readRows(file);
  const target = await openTarget(database);
  try {
    const store = await storeOf(target, storeId, now);
    const plan = await planImport(target.db, storeId, rows, store);
    say(`${file} has ${rows.length} rows for the store ${storeId}; times without a zone are of ${store.timeZone}`);
    if (ignored.length > 0) say(`not imported are the columns ${ignored.join(', ')}`);
    for (const line of countsOf(plan)) say(line);
    if (isDryRun || plan.fresh.length === 0) {
      sayRefused(plan.refused, say);
      say(isDryRun ? 'nothing was changed: this was a dry run' : 'nothing is left to import');
      return 0;
    }
    const place = isPostgresUrl(database) ? resolve(copyTo, 'ticketrail.db') : fileOfUrl(database);
    const copy = `${place}.before-import.${new Date(now).toISOString().replaceAll(':', '-')}`;
    await backUp(database, copy);
    say(`a copy of the database as it was: ${copy}`);
    return await write(target, plan, options);
  } finally {
    await target.close();
  }
}

async function write(target: Target, { fresh, known, refused }: Plan, { storeId, say }: ImportOptions): Promise<0 | 1> {
  let done = 0;
  try {
    const written = await writeOrders(target, storeId, fresh, (count) => {
      done = count;
      if (count % REPORT_EVERY === 0) say(`${count} of ${fresh.length}`);
    });
    const all = [...refused, ...written.refused];
    sayRefused(all, say);
    say(`imported ${written.created}, here already ${known + written.known}, refused ${all.length}`);
    return 0;
  } catch (error) {
    say(`stopped after ${done} of ${fresh.length}: ${error instanceof Error ? error.message : error}`);
    say('run the same command again: it goes on from there, and takes nothing twice');
    return 1;
  }
}

function readRows(file: string) {
  try {
    return readOldRows(file);
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function storeOf({ db }: Target, storeId: string, now: number): Promise<ImportStore> {
  const stores = await db.selectFrom('stores').selectAll().orderBy('id').execute();
  const row = stores.find(({ id }) => id === storeId);
  if (!row)
    throw new Error(`there is no store ${storeId}; there are: ${stores.map(({ id }) => id).join(', ') || 'none'}`);
  const { currency, time_zone: timeZone } = wholeStore(row);
  return { currency, timeZone, now };
}

function countsOf({ fresh, known, refused }: Plan): string[] {
  const perStatus = STATUSES.flatMap((status) => {
    const count = fresh.filter(({ draft }) => draft.status === status).length;
    return count > 0 ? `${count} ${status}` : [];
  });
  const bookings = fresh.filter(({ draft }) => draft.fulfilment === 'booking').length;
  return [
    `to import: ${fresh.length}${perStatus.length > 0 ? ` (${perStatus.join(', ')}; ${bookings} of them bookings)` : ''}`,
    `here already: ${known}`,
    `refused: ${refused.length}`,
  ];
}

function sayRefused(refused: readonly RefusedRow[], say: ImportOptions['say']): void {
  for (const { row, reason } of refused) say(`refused ${row}: ${reason}`);
}
