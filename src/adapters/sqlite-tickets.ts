import type Database from 'better-sqlite3';
import { KEPT_JOBS, MOST_JOBS, repeatableSince, sameAs } from '#capture/same-job.ts';
import type { OpenTicket, PrintedTicket, TicketStore } from '#core/till/till-host.ts';
import type { Repair } from './checked-tables.ts';
import { nextNumber } from './row-number.ts';
import { faultsOf } from './storage-fault.ts';
import { verifyFiles } from './verify-files.ts';

type Row = Omit<OpenTicket, 'printed'> & { printed: string };

const DAMAGED = 'The disk has damaged this ticket. Look at the till for it.';
const UNREADABLE: PrintedTicket = { lines: [], hash: '' };

const ticketOf = ({ printed, ...row }: Row): OpenTicket => ({ ...row, printed: printedIn(printed) ?? UNREADABLE });

/** A damaged ticket is not sent, since it may say anything: somebody has to look at the till. */
export const repairTickets: Repair = (_table, row) => ({
  ...row,
  state: row.state === 'done' ? 'done' : 'refused',
  why: DAMAGED,
  printed: JSON.stringify(printedIn(row.printed) ?? UNREADABLE),
});

/** Null: it is not what was stored. */
function printedIn(json: unknown): PrintedTicket | null {
  try {
    const printed = JSON.parse(String(json)) as PrintedTicket;
    return printed.lines.every(({ text }) => typeof text === 'string') ? printed : null;
  } catch {
    return null;
  }
}

/** The tickets of tills over an open database of `TILL_MIGRATIONS`. */
export function sqliteTickets(db: Database.Database): TicketStore {
  const same = db.prepare(
    `SELECT 1 FROM tickets
     WHERE at <= :until AND ((hash = :hash AND at > :bytesSince) OR (content = :content AND at > :contentSince))`,
  );
  const insert = db.prepare(
    `INSERT INTO tickets (n, id, at, hash, content, printed, state, why, checksum)
     SELECT next, :id, :at, :hash, :content, :printed, 'waiting', NULL,
       row_checksum(next, :id, :at, :hash, :content, :printed, 'waiting', NULL)
     FROM (SELECT ${nextNumber('tickets', 'n')} AS next)`,
  );
  const forget = db.prepare(
    `DELETE FROM tickets WHERE state = 'done' AND (
       n <= (SELECT n FROM tickets ORDER BY n DESC LIMIT 1 OFFSET ${MOST_JOBS})
       OR (n <= (SELECT n FROM tickets ORDER BY n DESC LIMIT 1 OFFSET ${KEPT_JOBS}) AND at < ?))`,
  );
  const columns = 'n, id, at, printed, state, why';
  const waitingAfter = db.prepare<[number], Row>(
    `SELECT ${columns} FROM tickets WHERE state <> 'done' AND state = 'waiting' AND n > ? ORDER BY n LIMIT 1`,
  );
  const open = db.prepare<[number], Row>(`SELECT ${columns} FROM tickets WHERE state <> 'done' ORDER BY n LIMIT ?`);
  const counts = db.prepare<[], { waiting: number; refused: number }>(
    `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'refused') AS refused
     FROM tickets WHERE state <> 'done'`,
  );
  const settle = db.prepare(
    `UPDATE tickets SET state = :state, why = :why,
       checksum = row_checksum(n, id, at, hash, content, printed, :state, :why)
     WHERE id = :id AND state <> 'done'`,
  );
  const run = <T>(action: () => T): T => faultsOf('tickets', action);
  const checkFile = verifyFiles(db);
  const write = <T>(action: () => T): T =>
    run(() => {
      checkFile();
      return db.transaction(action).immediate();
    });
  return {
    keep: ({ id, at, printed }, content, isReprint) =>
      write(() => {
        const { hash } = printed;
        if (same.get(sameAs(at, hash, content, isReprint))) return false;
        insert.run({ id, at, hash, content, printed: JSON.stringify(printed) });
        forget.run(repeatableSince(at));
        return true;
      }),
    waitingAfter(n) {
      const row = run(() => waitingAfter.get(n));
      return row ? ticketOf(row) : null;
    },
    open: (limit) => run(() => open.all(limit).map(ticketOf)),
    counts: () => run(() => counts.get() ?? { waiting: 0, refused: 0 }),
    settle: (id, state, why) => write(() => void settle.run({ id, state, why })),
    close: () => db.close(),
  };
}
