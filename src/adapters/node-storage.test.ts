import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CommandRow } from '#core/stores.ts';
import { anOrder } from '#test/support/an-order.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { nodeStorage } from './node-storage.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteQueue } from './sqlite-queue.ts';

let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'ticketrail-storage-')), 'made', 'by', 'us');
});
afterEach(() => rmSync(join(dir, '../../..'), { recursive: true, force: true }));

const silent = { info() {}, warn() {}, error() {} };
const storage = () => nodeStorage(dir, silent);
const tap: Omit<CommandRow, 'id'> = {
  commandId: 'c1',
  orderId: 'o1',
  intent: { type: 'acknowledge', payload: {} },
  baseVersion: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  answer: null,
};

it('reads after a restart what was written before', () => {
  const before = storage();
  const { store: queue, setAside } = before.openQueue();
  const { store: cache, rebuilt } = before.openCache();
  expect([setAside, rebuilt]).toEqual([null, false]);
  queue.insert(tap);
  cache.put(anOrder({ id: 'o1' }));
  queue.close();
  cache.close();

  const after = storage();
  const again = after.openQueue().store;
  const cached = after.openCache().store;
  expect(again.unsettled(null, 0)).toHaveLength(1);
  expect(cached.get('o1')).toEqual(anOrder({ id: 'o1' }));
  again.close();
  cached.close();
});

it('replaces a damaged cache and reports it', () => {
  storage().openCache().store.close();
  writeFileSync(join(dir, 'cache.db'), 'garbage'.repeat(2_000));
  const { store, rebuilt } = storage().openCache();
  expect(rebuilt).toBe(true);
  expect(store.position().epoch).toBeNull();
  store.close();
});

it('sets a damaged queue aside unchanged, and starts a new one', () => {
  storage().openQueue().store.close();
  const damaged = 'was a queue'.repeat(2_000);
  writeFileSync(join(dir, 'queue.db'), damaged);
  const { store, setAside } = storage().openQueue();
  expect(setAside).not.toBeNull();
  expect(readFileSync(setAside ?? '', 'utf8')).toBe(damaged);
  expect(store.unsettled(null, 0)).toEqual([]);
  store.close();
  expect(readdirSync(dir).filter((name) => name.startsWith('queue.db.damaged-'))).toHaveLength(1);
});

it('reports a queue whose log is damaged, keeps a copy of it, and uses what can be read', () => {
  const { store: killed } = storage().openQueue();
  for (let n = 1; n <= 9; n++) killed.insert({ ...tap, commandId: `c${n}` });
  const image = ['', '-wal'].map((part) => [part, readFileSync(join(dir, `queue.db${part}`))] as const);
  killed.close();
  for (const [part, bytes] of image) {
    if (part === '-wal') bytes.writeUInt8(bytes.readUInt8(bytes.length - 9_000) ^ 1, bytes.length - 9_000);
    writeFileSync(join(dir, `queue.db${part}`), bytes);
  }

  const { store, setAside } = storage().openQueue();
  const waiting = store.unsettled(null, 0).length;
  expect(waiting).toBeGreaterThan(0);
  expect(waiting).toBeLessThan(9);
  for (const [part, bytes] of image) expect(readFileSync(setAside + part).equals(bytes)).toBe(true);
  store.insert({ ...tap, commandId: 'later' });
  store.close();
  const again = storage().openQueue();
  expect([again.setAside, again.store.unsettled(null, 0).length]).toEqual([null, waiting + 1]);
  again.store.close();
});

it('upgrades a queue of the first version: keeps its taps and stores alerts', () => {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'queue.db');
  const old = openDatabase({ file, migrations: QUEUE_MIGRATIONS.slice(0, 1), synchronous: 'FULL' });
  old.exec(`INSERT INTO commands (generation, n, command_id, order_id, type, payload, base_version, issued_at)
            VALUES (1, 1, 'c1', 'o1', 'acknowledge', '{}', 1, '2026-11-21T10:00:00.000Z')`);
  old.close();
  const { store } = storage().openQueue();
  expect(store.unsettled(null, 0)).toMatchObject([{ commandId: 'c1', orderId: 'o1', intent: { type: 'acknowledge' } }]);
  expect(store.claimAlerts(['o1'], 1)).toEqual(['o1']);
  store.close();
});

it('upgrades a cache of an earlier version: has figures of its orders', () => {
  mkdirSync(dir, { recursive: true });
  const before = CACHE_MIGRATIONS.slice(
    0,
    CACHE_MIGRATIONS.findIndex((sql) => sql.includes('figure_rows')),
  );
  const old = openDatabase({ file: join(dir, 'cache.db'), migrations: before, synchronous: 'NORMAL' });
  const insert = old.prepare('INSERT INTO orders VALUES (:id, 1, :statusSince, :updatedAt, :version, :body)');
  for (const status of ['pending', 'preparing', 'ready'] as const) {
    const order = anOrder({ id: status, status });
    const { id, statusSince, updatedAt, version } = order;
    insert.run({ id, statusSince, updatedAt, version, body: JSON.stringify(order) });
  }
  old.close();
  const { store } = storage().openCache();
  const since = anOrder().statusSince;
  const rows = store.figureRows('', '9', 'GEL').map((row) => [row.orderId, row.startedAt, row.readyAt]);
  expect(rows.sort()).toEqual([
    ['pending', null, null],
    ['preparing', since, null],
    ['ready', null, since],
  ]);
  expect(store.figureRow('ready')).toMatchObject({ totalMinor: 2900, fulfilment: 'pickup', dueAt: null, recalls: 0 });
  store.close();
});

it('upgrades a cache of an earlier version: keeps the last seen orders', () => {
  mkdirSync(dir, { recursive: true });
  const before = CACHE_MIGRATIONS.slice(
    0,
    CACHE_MIGRATIONS.findIndex((sql) => sql.includes('last_seen')),
  );
  const old = openDatabase({ file: join(dir, 'cache.db'), migrations: before, synchronous: 'NORMAL' });
  const { id, statusSince, updatedAt, version, ...rest } = anOrder({ id: 'a', status: 'preparing' });
  old
    .prepare('INSERT INTO orders VALUES (?, 1, ?, ?, ?, ?)')
    .run(id, statusSince, updatedAt, version, JSON.stringify({ ...rest, id, statusSince, updatedAt, version }));
  for (const seen of ['a', 'gone'])
    old.prepare('INSERT INTO seen VALUES (?, ?)').run(seen, JSON.stringify(anOrder({ id: seen, note: 'as it was' })));
  old.close();
  const { store } = storage().openCache();
  expect([store.seen('a')?.note, store.seen('gone')]).toEqual(['as it was', undefined]);
  store.remove('a');
  expect(store.seen('a')).toBeUndefined();
  store.close();
});

it('[C1] refuses a tap on a full disk, keeps earlier ones, and accepts the next when there is room', () => {
  mkdirSync(dir, { recursive: true });
  const open = () => openDatabase({ file: join(dir, 'queue.db'), migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' });
  const db = open();
  const queue = sqliteQueue(db);
  // Simulates a full disk in SQLite: the file may hardly grow.
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 4}`);
  let n = 0;
  const fill = () => {
    while (n < 5_000) queue.insert({ ...tap, commandId: `c${++n}` });
  };
  expect(fill).toThrow(expect.objectContaining({ fault: 'full' }));
  expect(queue.unsettled(null, 0)).toHaveLength(n - 1);
  queue.close();

  const again = sqliteQueue(open());
  expect(again.unsettled(null, 0)).toHaveLength(n - 1);
  again.insert({ ...tap, commandId: `c${n}` });
  again.close();
});

it('[C1] keeps every answered tap over kill -9 at any moment', async () => {
  const script = `
    import { nodeStorage } from '#adapters/node-storage.ts';
    const { store } = nodeStorage(${JSON.stringify(dir)}, { info() {}, warn() {}, error() {} }).openQueue();
    let n = store.unsettled(null, 0).length;
    const next = () => {
      n++;
      store.insert({ ...${JSON.stringify(tap)}, commandId: 'c' + n });
      process.stdout.write(n + '\\n', () => setImmediate(next));
    };
    next();`;
  let answered = 0;
  for (const wait of [30, 10, 60]) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    for await (const chunk of child.stdout) {
      answered = Number(String(chunk).trim().split('\n').at(-1));
      if (child.exitCode === null && !child.killed) setTimeout(() => child.kill('SIGKILL'), wait);
    }
    await ended;
    const { store, setAside } = storage().openQueue();
    expect(setAside).toBeNull();
    const kept = store.unsettled(null, 0).map((row) => row.commandId);
    expect(kept).toEqual(kept.map((_, i) => `c${i + 1}`));
    expect(kept.length).toBeGreaterThanOrEqual(answered);
    store.close();
  }
  expect(answered).toBeGreaterThan(3);
});
