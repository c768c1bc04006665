import type Sqlite from 'better-sqlite3';
import { checkedColumns, checkedTables } from '#adapters/checked-tables.ts';
import { CHECKED_COLUMNS, type CheckedTable } from '#server/database/checked-rows.ts';
import { addRowChecksum, selectDamaged } from '#sqlite/row-checksum.ts';

/** Rows of a table that are named. */
const NAMED = 3;

const COPY = 'the next start restores them from their second copy';
const LOG = 'the next start rebuilds from the log what it has of them';
/** What becomes of damaged rows of a server. */
const SERVER: Record<CheckedTable, string> = {
  orders: 'the server rebuilds them from the log',
  changes: 'they cannot be mended; displays that need them fetch a snapshot',
  store_logs: 'the next start takes them from the last change',
  stores: COPY,
  devices: COPY,
  availability: COPY,
  webhooks: COPY,
  sources: COPY,
  source_marks: COPY,
  telegram_chats: COPY,
  printers: COPY,
  commands: LOG,
  external_ids: LOG,
  idempotency_keys: 'they cannot be mended; a repeat of their requests is refused',
  believed_time: 'the next start takes it from the newest change',
  pairing_codes: 'they cannot be mended; make new codes',
  sessions: 'they cannot be mended; their pages ask for the token again',
  former_tokens: 'they cannot be mended; the new tokens of their devices are accepted',
};
/** The same of a display, with tables that several of its databases have. */
const DISPLAY: Record<string, string> = {
  commands: 'the next start reports those that the server had not answered, and drops the others',
  orders: 'the next start fetches them from the server',
  position: 'the next start fetches all orders from the server',
  tickets: 'the next start shows them, and sends none',
};
const DROPPED = 'the next start drops them';

/** A sentence for each table with rows that are not as they were written. */
export function damagedRows(db: Sqlite.Database): string[] {
  addRowChecksum(db);
  const tables = checkedTables(db);
  const isServer = db.prepare("select 1 from sqlite_schema where name = 'store_logs'").get() !== undefined;
  return tables.flatMap((table) => {
    const known = isServer ? CHECKED_COLUMNS[table as CheckedTable] : undefined;
    const columns = known ?? checkedColumns(db, table);
    const outcome = isServer ? SERVER[table as CheckedTable] : (DISPLAY[table] ?? DROPPED);
    const rows = db.prepare<[], Record<string, unknown>>(selectDamaged(table, columns)).all();
    if (rows.length === 0) return [];
    const names = rows.slice(0, NAMED).map((row) =>
      keyOf(db, table)
        .map((column) => row[column])
        .join(' '),
    );
    const more = rows.length > NAMED ? ', …' : '';
    return `${rows.length} damaged in ${table} (${names.join(', ')}${more}): ${outcome}`;
  });
}

const keyOf = (db: Sqlite.Database, table: string): string[] =>
  db.prepare<[string], string>('select name from pragma_table_info(?) where pk > 0 order by pk').pluck().all(table);
