import { statSync } from 'node:fs';
import { join } from 'node:path';
import { nodeStorage } from '#adapters/node-storage.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Board } from '#contract/ticket.ts';
import { createDisplay } from '#core/create-display.ts';
import type { Display } from '#core/display.ts';
import type { HttpRequest } from '#core/ports.ts';
import { createFakeClock } from '#core/testing/fake-clock.ts';
import { createFakePaper } from '#core/testing/fake-paper.ts';
import { seededUuid } from '#core/testing/seeded-random.ts';
import { createCrashPoint } from '../fuzz/crash-point.ts';
import { copyDatabase } from '../fuzz/disks.ts';
import { runOn, settle, tracked } from '../fuzz/fake-machine.ts';
import { newFolder, removeFolder } from '../fuzz/folders.ts';
import { createTemplate, type ServerLife, startServer } from '../fuzz/sim-server.ts';
import { createWire, type Wire } from '../fuzz/wire.ts';
import { createRandom } from '../support/random.ts';
import { sha256 } from '../support/sha256.ts';
import { runOrder } from './order-lifecycle.ts';

export interface SoakOptions {
  days: number;
  /** Length of a day; the shop is open for half of it. */
  hours: number;
  orders: number;
  seed: number;
}

/** Measured at the end of each day, at night. */
export interface Day {
  day: number;
  changes: number;
  taps: number;
  drops: number;
  alerts: number;
  /** Processor time of server, displays and clock together, per change; µs. */
  micros: number;
  /** Heap after a collection, bytes. */
  heap: number;
  /** The first display's files with their logs, bytes. */
  cache: number;
  queue: number;
  /** Open orders that differ between a display and the server; must be 0. */
  different: number;
}

const OPENING = Date.parse('2026-11-21T06:00:00.000Z');
const MINUTE = 60_000;
const silent = { info() {}, warn() {}, error() {} };
const sizeOf = (file: string): number =>
  ['', '-wal'].reduce((sum, part) => sum + (statSync(file + part, { throwIfNoEntry: false })?.size ?? 0), 0);

/**
 * Simulates days of service: the real server and two real displays over SQLite files, in one process on the fake machine (see
 * worker.ts). Orders go through their whole life and links drop; nothing is restarted.
 */
export async function runSoak({ days, hours, orders, seed }: SoakOptions, onDay: (day: Day) => void): Promise<void> {
  const template = await createTemplate(OPENING);
  const random = createRandom(seed);
  const folder = newFolder();
  const clock = createFakeClock(OPENING, settle);
  runOn({ now: clock.wall, random: random.next, after: clock.after });
  const file = join(folder, 'server.db');
  copyDatabase(template.file, file);
  const retention = { logDays: 7, logChanges: 50_000, block: 500 };
  const nothing = (): void => {};
  const [now, elapsed] = [clock.wall, clock.monotonic];
  const starting = startServer({ template, file, now, elapsed, retention, onKilled: nothing, onError: nothing });
  const life = await tracked(starting);
  const counts = { taps: 0, drops: 0, alerts: 0 };

  const displays: { display: Display; wire: Wire; dir: string }[] = [];
  for (const [index, { token }] of template.displays.slice(0, 2).entries()) {
    const dir = join(folder, `display-${index}`);
    const watch = {
      commandsSent: () => nothing,
      ledgerAsked: nothing,
      got: nothing,
      answered: nothing,
      ahead: nothing,
    };
    const wire = createWire({ now: clock.monotonic, after: clock.after, random, server: () => life, watch });
    const ports = {
      clock,
      random: random.next,
      uuid: seededUuid(random.next),
      sha256,
      slowHash: async (secret: string) => sha256(secret),
      paper: createFakePaper().paper,
      log: silent,
    };
    const connection = { read: async () => ({ serverUrl: 'http://server.test', token }), write: async () => {} };
    const display = createDisplay(
      { ...ports, storage: nodeStorage(dir, silent), ...wire.plug(createCrashPoint(nothing)) },
      { appVersion: '0.0.0', connection },
    );
    display.onPush(nothing);
    display.onAlert(({ kind }) => {
      if (kind === 'new' || kind === 'link') counts.alerts++;
    });
    await display.start();
    displays.push({ display, wire, dir });
  }

  const world = {
    random,
    after: clock.after,
    shop: (method: HttpRequest['method'], path: string, body: unknown) => {
      const request = { method, url: `/api/v1${path}`, token: template.shopToken, body };
      return tracked(life.ask(request as HttpRequest));
    },
    async tap(orderId: string, intent: unknown): Promise<void> {
      const { display } = random.pick(displays);
      if ((await display.call('command', { orderId, intent })).ok) counts.taps++;
    },
  };
  function drop(): void {
    const { wire } = random.pick(displays);
    counts.drops++;
    wire.setCable(random.pick(['cut', 'silent', 'mute', 'deaf']));
    clock.after(random.int(10, 600) * 1_000, () => wire.setCable('whole'));
  }

  for (let day = 1; day <= days; day++) {
    const open = (hours / 2) * 60 * MINUTE;
    const before = { ...counts, head: headOf(life), cpu: process.cpuUsage() };
    for (let i = 0; i < orders; i++) clock.after((open * (i + random.next())) / orders, () => runOrder(world));
    for (let i = 0; i < 6; i++) clock.after(open * random.next(), drop);
    await clock.advance(hours * 60 * MINUTE);
    await settle();
    const { user, system } = process.cpuUsage(before.cpu);
    const changes = headOf(life) - before.head;
    const micros = (user + system) / Math.max(1, changes);
    const [first] = displays;
    const sizes = ['cache.db', 'queue.db'].map((name) => sizeOf(join(first?.dir ?? '', name)));
    const different = await Promise.all(displays.map(({ display }) => differences(display, life)));
    globalThis.gc?.();
    onDay({
      day,
      changes,
      taps: counts.taps - before.taps,
      drops: counts.drops - before.drops,
      alerts: counts.alerts - before.alerts,
      micros: Math.round(micros),
      heap: process.memoryUsage().heapUsed,
      cache: sizes[0] ?? 0,
      queue: sizes[1] ?? 0,
      different: different.reduce((sum, one) => sum + one, 0),
    });
  }
  for (const { display } of displays) await display.close();
  await life.dispose();
  runOn(null);
  removeFolder(folder);
}

const headOf = ({ look }: ServerLife): number =>
  look.prepare<[], { head: number }>('SELECT coalesce(max(seq), 0) AS head FROM changes').get()?.head ?? 0;

async function differences(display: Display, { look }: ServerLife): Promise<number> {
  const [board, status] = await Promise.all([display.call('getBoard', null), display.call('getStatus', null)]);
  if (!board.ok || !status.ok || (status.value as DisplayStatus).link.state !== 'live') return 1;
  const lines = (rows: readonly { id: string; version: number }[]) => rows.map((o) => `${o.id} ${o.version}`);
  const has = look
    .prepare<[], { id: string; version: number }>(
      "SELECT id, version FROM orders WHERE status NOT IN ('completed', 'rejected', 'cancelled')",
    )
    .all();
  const closed = new Set(['completed', 'rejected', 'cancelled']);
  const shown = (board.value as Board).tickets.map(({ order }) => order).filter(({ status }) => !closed.has(status));
  const [on, at] = [new Set(lines(shown)), new Set(lines(has))];
  return [...on].filter((line) => !at.has(line)).length + [...at].filter((line) => !on.has(line)).length;
}
