import type Database from 'better-sqlite3';
import type { PrintRow, PrintStore } from '#core/stores.ts';
import { nextNumber } from './row-number.ts';

interface Row extends Omit<PrintRow, 'reprint'> {
  reprint: 0 | 1;
}

/** How the queue's store runs what touches its database. */
interface Runs {
  run<T>(action: () => T): T;
  write<T>(action: () => T): T;
  transaction<T>(action: () => T): T;
}

/** The ledger of papers, in a queue's database. */
export function sqlitePrints(db: Database.Database, { run, write, transaction }: Runs): PrintStore {
  const add = db.prepare(
    `INSERT OR IGNORE INTO prints (id, printer_id, request, order_id, state, reprint, at, checksum)
     SELECT next, :printerId, :request, :orderId, :state, 0, :at,
       row_checksum(next, :printerId, :request, :orderId, :state, 0, :at)
     FROM (SELECT ${nextNumber('prints')} AS next)`,
  );
  const has = db.prepare('SELECT 1 FROM prints WHERE printer_id = ? AND request = ?');
  const waiting = db.prepare<[string], Row>(
    `SELECT id, printer_id AS printerId, request, order_id AS orderId, state, reprint, at FROM prints
     WHERE printer_id = ? AND state = 'waiting' ORDER BY id`,
  );
  const set = (where: string) =>
    db.prepare(
      `UPDATE prints SET state = :state, reprint = :reprint,
         checksum = row_checksum(id, printer_id, request, order_id, :state, :reprint, at)
       WHERE ${where}`,
    );
  const setOne = set('id = :id');
  const setSending = set("state = 'sending' AND reprint = :before");
  const removeOf = db.prepare('DELETE FROM prints WHERE printer_id = ?');
  const forget = db.prepare(
    `DELETE FROM prints WHERE at < ? AND state IN ('printed', 'given_up')
       AND (order_id IS NULL OR order_id NOT IN (SELECT value FROM json_each(?)))`,
  );
  return {
    addPrint: (row) => write(() => void add.run(row)),
    hasPrint: (printerId, request) => run(() => has.get(printerId, request) !== undefined),
    waitingPrints: (printerId) =>
      run(() => waiting.all(printerId).map((row) => ({ ...row, reprint: row.reprint === 1 }))),
    setPrint: (id, { state, reprint }) => write(() => void setOne.run({ id, state, reprint: reprint ? 1 : 0 })),
    recoverPrints: () =>
      transaction(() => {
        setSending.run({ before: 1, state: 'given_up', reprint: 1 });
        setSending.run({ before: 0, state: 'waiting', reprint: 1 });
      }),
    removePrintsOf: (printerId) => write(() => void removeOf.run(printerId)),
    forgetPrintsBefore: (at, but) => write(() => void forget.run(at, JSON.stringify(but))),
  };
}
