import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addRowChecksum } from '#sqlite/row-checksum.ts';
import { flipNumber } from '#test/support/flip-number.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { checkRows } from './checked-tables.ts';
import { nodeStorage } from './node-storage.ts';
import { nodeTill } from './node-till.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteCache } from './sqlite-cache.ts';
import { sqliteQueue } from './sqlite-queue.ts';
import { TILL_MIGRATIONS } from './till-migrations.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-numbers-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const log = { info() {}, warn() {}, error() {} };
const storage = () => nodeStorage(dir, log);
/** More than a number of one byte counts. */
const ROWS = 140;
const NUMBERS = Array.from({ length: ROWS }, (_, i) => i + 1);
const nameOf = (n: number): string => `row ${n};`;
const paperOf = (n: number): string => `paper ${n};`;

interface Contents {
  /** All rows in their order, with their numbers. */
  rows: unknown[];
  isTold: boolean;
}
interface Table {
  file: string;
  migrations: readonly string[];
  /** Text that only the row with this number has in its file. */
  name(n: number): string;
  write(): void;
  read(): Contents;
}

const aTap = (n: number) => ({
  ...{ commandId: nameOf(n), orderId: `order-${n}`, baseVersion: n, issuedAt: '2026-11-21T10:00:00.000Z' },
  ...({ intent: { type: 'acknowledge', payload: {} }, answer: null } as const),
});
const aPaper = (n: number) =>
  ({ printerId: 'p', request: paperOf(n), orderId: `order-${n}`, state: 'waiting', at: n }) as const;
const anEntry = (n: number) =>
  ({ words: nameOf(n), entry: { at: n, kind: 'display', what: 'started', count: null } }) as const;

function writeQueue(): void {
  const { store } = storage().openQueue();
  store.transaction(() => {
    for (const n of NUMBERS) store.insert(aTap(n));
    for (const n of NUMBERS) store.addPrint(aPaper(n));
  });
  store.close();
}
function readQueue(read: (store: ReturnType<typeof sqliteQueue>) => unknown[]): Contents {
  const { store, setAside } = storage().openQueue();
  const rows = read(store);
  store.close();
  return { rows, isTold: setAside !== null };
}
const allHistory = (store: Pick<ReturnType<typeof sqliteCache>, 'history'>) =>
  store.history({ before: null, kinds: null, words: null, limit: 999, most: 999 }).entries;

const TABLES: Record<string, Table> = {
  commands: {
    file: 'queue.db',
    migrations: QUEUE_MIGRATIONS,
    name: nameOf,
    write: writeQueue,
    read: () => readQueue((store) => store.unsettled(null, 0)),
  },
  prints: {
    file: 'queue.db',
    migrations: QUEUE_MIGRATIONS,
    name: paperOf,
    write: writeQueue,
    read: () => readQueue((store) => store.waitingPrints('p')),
  },
  history: {
    file: 'cache.db',
    migrations: CACHE_MIGRATIONS,
    name: nameOf,
    write() {
      const { store } = storage().openCache();
      store.addHistory(NUMBERS.map(anEntry));
      store.close();
    },
    read() {
      const { store, rebuilt } = storage().openCache();
      const rows = allHistory(store);
      store.close();
      return { rows, isTold: rebuilt };
    },
  },
  tickets: {
    file: 'till.db',
    migrations: TILL_MIGRATIONS,
    name: nameOf,
    write() {
      const store = nodeTill(dir, log).openTickets();
      for (const n of NUMBERS)
        store.keep({ id: nameOf(n), at: n, printed: { lines: [], hash: `${n}` } }, `${n}`, false);
      store.close();
    },
    read() {
      const store = nodeTill(dir, log).openTickets();
      const all = store.open(999);
      store.close();
      // The report is itself a ticket.
      const rows = all.filter(({ state }) => state === 'waiting');
      return { rows, isTold: all.length > rows.length };
    },
  },
};

it.each(Object.entries(TABLES))(
  '[R1] a bit in the number of a row of %s changes no order of rows, and is reported',
  (_, { file, name, write, read }) => {
    write();
    const before = read();
    expect([before.rows.length, before.isTold]).toEqual([ROWS, false]);
    const path = join(dir, file);
    copyFileSync(path, `${path}.whole`);
    // In the middle: another row has the number it gets; it moves far. The last: its number is free; less than the first's.
    for (const [number, bit] of [
      [70, 0],
      [70, 6],
      [ROWS, 0],
      [ROWS, 7],
    ] as const) {
      copyFileSync(`${path}.whole`, path);
      flipNumber(path, number, name(number), bit);
      expect([number, bit, read()]).toEqual([number, bit, { rows: before.rows, isTold: true }]);
      expect(read().rows).toEqual(before.rows);
    }
  },
);

/** As an open file looks that the disk changes: nothing has checked it. */
function openUnchecked(file: string): Database.Database {
  const db = new Database(join(dir, file));
  addRowChecksum(db);
  return db;
}
const round = (store: { mendNextRows(): boolean }) =>
  Array.from({ length: 20 }, () => store.mendNextRows()).filter((found) => found).length;

it.each([
  [70, 0],
  [70, 6],
  [ROWS, 0],
  [ROWS, 7],
])(
  '[C1] a tap whose number the disk changes while the queue is open keeps its place: row %i, bit %i',
  (number, bit) => {
    writeQueue();
    flipNumber(join(dir, 'queue.db'), number, nameOf(number), bit);
    const db = openUnchecked('queue.db');
    const queue = sqliteQueue(db);
    expect(round(queue)).toBe(1);
    expect(queue.unsettled(null, 0)).toEqual(NUMBERS.map((n) => ({ id: n, ...aTap(n) })));
    expect(queue.insert(aTap(ROWS + 1)).id).toBe(ROWS + 1);
    expect(() => checkRows(db)).not.toThrow();
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    queue.close();
  },
);

it('an entry of the history keeps its place too', () => {
  TABLES.history?.write();
  flipNumber(join(dir, 'cache.db'), 70, nameOf(70), 2);
  const db = openUnchecked('cache.db');
  const cache = sqliteCache(db);
  expect(round(cache)).toBe(1);
  expect(allHistory(cache).map(({ id, at }) => [id, at])).toEqual(NUMBERS.toReversed().map((n) => [n, n]));
  cache.close();
});

it.each([
  ['at the start', () => storage().openQueue().store],
  ['while the queue is open', () => sqliteQueue(openUnchecked('queue.db'))],
])('[C4] a damaged tap with the number of a whole one is said, and the whole one is sent: %s', (_, open) => {
  writeQueue();
  const db = new Database(join(dir, 'queue.db'));
  db.exec(`UPDATE commands SET payload = '{"x":1}' WHERE id = 70`);
  db.close();
  flipNumber(join(dir, 'queue.db'), 70, nameOf(70), 0);
  const store = open();
  round(store);
  const rows = store.unsettled(null, 0);
  const whole = rows.filter(({ intent }) => intent !== null);
  expect(whole.map(({ id, commandId }) => [id, commandId])).toEqual(
    NUMBERS.filter((n) => n !== 70).map((n) => [n, nameOf(n)]),
  );
  expect(rows.filter(({ intent }) => intent === null)).toMatchObject([{ id: ROWS + 1, orderId: 'order-70' }]);
  store.close();
});

it('a tap is taken when the disk has damaged what SQLite knows of the last number', () => {
  writeQueue();
  const db = new Database(join(dir, 'queue.db'));
  db.exec(`UPDATE sqlite_sequence SET seq = ${2n ** 63n - 1n} WHERE name = 'commands'`);
  db.close();
  const { store } = storage().openQueue();
  expect(store.insert(aTap(ROWS + 1)).id).toBe(ROWS + 1);
  store.close();
});

/** The columns that a checksum covered before it covered the number. */
const OLD: Record<string, string> = {
  commands: 'command_id, order_id, type, payload, base_version, issued_at, outcome, seq, epoch, answered_at',
  prints: 'printer_id, request, order_id, state, reprint, at',
  history: 'at, kind, path, delay, back, words, body',
  tickets: 'id, at, hash, content, printed, state, why',
};

/** Makes the file one of the version before. */
function setBack(table: string, { file, migrations }: Table): void {
  const db = openUnchecked(file);
  db.exec(`UPDATE ${table} SET checksum = row_checksum(${OLD[table]})`);
  db.pragma(`user_version = ${migrations.length - 1}`);
  db.pragma(`application_id = ${0x54_4b_00_00 + migrations.length - 1}`);
  db.close();
}

it.each(Object.entries(TABLES))(
  'migrates the checksums of %s; a row that was damaged before is found after it',
  (name, table) => {
    const { file, migrations, write, read } = table;
    write();
    const before = read();
    setBack(name, table);
    expect(read()).toEqual(before);
    setBack(name, table);
    const number = name === 'tickets' ? 'n' : 'id';
    const old = openUnchecked(file);
    old.exec(`UPDATE ${name} SET checksum = checksum + 1 WHERE ${number} = 70`);
    old.close();
    const db = openDatabase({ file: join(dir, file), migrations, synchronous: 'FULL' });
    expect(() => checkRows(db)).toThrow(`a row of ${name} is damaged`);
    db.close();
  },
);

it('keeps the whole taps of a damaged queue of the version before', () => {
  writeQueue();
  const table = TABLES.commands as Table;
  const before = table.read();
  setBack('commands', table);
  const db = openUnchecked('queue.db');
  // Damage that is found before the migration.
  db.pragma('application_id = 7');
  db.close();
  expect(table.read()).toEqual({ rows: before.rows, isTold: true });
});
