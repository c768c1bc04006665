import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PrintedTicket, TicketStore } from '#core/till/till-host.ts';
import { nodeTill } from './node-till.ts';
import { openDatabase } from './open-database.ts';
import { sqliteTickets } from './sqlite-tickets.ts';
import { TILL_MIGRATIONS } from './till-migrations.ts';

const HOUR = 3_600_000;
const log = { info() {}, warn() {}, error() {} };
let dir: string;
let store: TicketStore;
const till = () => nodeTill(dir, log);
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'till-'));
  store = till().openTickets();
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

const printed = (hash: string): PrintedTicket => ({ lines: [{ text: `1 x ${hash}` }], hash });
const keep = (id: string, at: number, hash = id, content = hash, isReprint = false) =>
  store.keep({ id, at, printed: printed(hash) }, content, isReprint);
const waiting = () => store.open(100).map(({ id }) => id);
const onDisk = (sql: string) => {
  store.close();
  const db = new Database(join(dir, 'till.db'));
  db.exec(sql);
  db.close();
  store = till().openTickets();
};

it('[section 16] keeps equal bytes once within a minute, whatever the clock says later', () => {
  expect(keep('a', 0, 'x')).toBe(true);
  expect(keep('b', 59_999, 'x')).toBe(false);
  expect(keep('c', 60_000, 'x')).toBe(true);
  // The clock was far ahead: what is printed now is another ticket.
  expect(keep('d', 9_000 * HOUR, 'y')).toBe(true);
  expect(keep('e', 2 * HOUR, 'y')).toBe(true);
  expect(waiting()).toEqual(['a', 'c', 'd', 'e']);
});

it('takes what says it is a reprint for the ticket of the last twelve hours that it repeats', () => {
  keep('a', 0, 'x', 'soup');
  expect(keep('b', 11 * HOUR, 'y', 'soup', true)).toBe(false);
  expect(keep('c', 11 * HOUR, 'z', 'soup', false)).toBe(true);
  expect(keep('d', 13 * HOUR, 'w', 'tea', true)).toBe(true);
  store.settle('a', 'done', null);
  store.settle('c', 'done', null);
  expect(keep('e', 13 * HOUR, 'v', 'soup', true)).toBe(false);
  expect(keep('f', 24 * HOUR, 'u', 'soup', true)).toBe(true);
});

it('forgets tickets that are orders once none can repeat them, and never one that is not', () => {
  for (let i = 0; i < 60; i++) keep(`t${i}`, i);
  for (let i = 0; i < 50; i++) store.settle(`t${i}`, i === 7 ? 'refused' : 'done', null);
  keep('new', 13 * HOUR);
  expect(waiting()).toEqual(['t7', ...Array.from({ length: 10 }, (_, i) => `t${50 + i}`), 'new']);
  store.close();
  const db = new Database(join(dir, 'till.db'));
  // The newest 20, and those that are no orders.
  expect(db.prepare('SELECT count(*) FROM tickets').pluck().get()).toBe(21);
  db.close();
});

it('walks through what waits, the oldest first', () => {
  for (const id of ['a', 'b', 'c']) keep(id, 0);
  store.settle('b', 'refused', 'no items');
  const first = store.waitingAfter(0);
  expect(first).toMatchObject({ id: 'a', printed: printed('a') });
  expect(store.waitingAfter(first?.n ?? 0)).toMatchObject({ id: 'c' });
  expect(store.counts()).toEqual({ waiting: 2, refused: 1 });
  expect(store.open(2)).toMatchObject([{ id: 'a' }, { id: 'b', state: 'refused', why: 'no items' }]);
});

it('does not send a ticket that the disk has damaged, shows it, and keeps the damaged file', () => {
  keep('a', 0);
  keep('b', 0);
  onDisk(`UPDATE tickets SET printed = replace(printed, '1 x', '9 x') WHERE id = 'a'`);
  expect(store.open(9)).toMatchObject([
    { id: 'a', state: 'refused', why: expect.stringMatching(/damaged/) },
    { id: 'b', state: 'waiting' },
    { state: 'refused', why: expect.stringMatching(/damaged/) },
  ]);
  expect(readdirSync(dir).some((name) => name.startsWith('till.db.damaged-'))).toBe(true);
});

it('refuses a ticket on a full disk, keeps earlier ones, and takes the next when there is room', () => {
  store.close();
  const db = openDatabase({ file: join(dir, 'till.db'), migrations: TILL_MIGRATIONS, synchronous: 'FULL' });
  store = sqliteTickets(db);
  // Simulates a full disk in SQLite: the file may hardly grow.
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 4}`);
  let n = 0;
  const fill = () => {
    while (n < 5_000) keep(`t${++n}`, 0);
  };
  expect(fill).toThrow(expect.objectContaining({ fault: 'full' }));
  store.close();
  store = till().openTickets();
  expect(store.counts()).toEqual({ waiting: n - 1, refused: 0 });
  expect(keep(`t${n}`, 0)).toBe(true);
});

it('refuses a ticket once its file is removed', () => {
  rmSync(join(dir, 'till.db'));
  expect(() => keep('a', 0)).toThrow(expect.objectContaining({ fault: 'removed' }));
});
