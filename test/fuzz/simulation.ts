import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { z } from 'zod';
import type { OrderDraft } from '#contract/order.ts';
import type { HttpRequest } from '#core/ports.ts';
import { createFakeClock } from '#core/testing/fake-clock.ts';
import { createRandom } from '#test/support/random.ts';
import { createChecks } from './checks.ts';
import { Killed } from './crash-point.ts';
import { copyDatabase, copyDatabases, forgetFiles, headOf } from './disks.ts';
import { runOn, settle, tracked } from './fake-machine.ts';
import { newFolder, removeFolder } from './folders.ts';
import { createOracle } from './oracle.ts';
import { canRebuildOrders, damageServer, mendServer, type ServerDamage } from './server-damage.ts';
import { createSimDisplay, type SimDisplay } from './sim-display.ts';
import { type ServerLife, startServer, type Template } from './sim-server.ts';

/** The start of a run; a Saturday morning. */
export const OPENING = Date.parse('2026-11-21T06:00:00.000Z');

export type Simulation = Awaited<ReturnType<typeof createSimulation>>;

/** What a run would otherwise draw. */
export interface Setup {
  /** How many; by default two or three. */
  displays: number;
  /** How many changes a log keeps when it is cut short. */
  logChanges?: number;
}

/** The real server, real displays and the wires between them, on a clock that only the run advances. */
export async function createSimulation(template: Template, seed: number, setup?: Setup) {
  const random = createRandom(seed * 7_919 + 17);
  const folder = newFolder(dirname(template.file));
  const clock = createFakeClock(OPENING, settle);
  const faults: string[] = [];
  const fault = (words: string): void => {
    if (faults.length < 20) faults.push(words);
  };
  /** A timer that survives a killed program and records uncaught errors. */
  const after = (ms: number, run: () => void): (() => void) =>
    clock.after(ms, () => {
      try {
        run();
      } catch (error) {
        uncaught(error);
      }
    });
  function uncaught(error: unknown): void {
    if (!isKill(error)) fault(`nobody caught: ${error instanceof Error ? error.stack : String(error)}`);
  }

  let life: ServerLife | null = null;
  let lives = 0;
  let disk = join(folder, 'server-0.db');
  let serverTimers = new Set<() => void>();
  let backup: string | null = null;
  /** How far the server's clock is ahead of the right time, ms. */
  let serverAhead = 0;
  let clockSetAt = Number.NEGATIVE_INFINITY;
  const serverNow = (): number => clock.wall() + serverAhead;
  /** The server has said since its last start that something is damaged. */
  let saidDamage = false;
  /** Whether this run copies a display's disk, so that two displays share one token. */
  const copies = random.chance(0.4);
  const logChanges = random.pick([0, 3, 8, 50_000]);
  const retention = { logDays: 0, logChanges: setup?.logChanges ?? logChanges, block: 2 };
  /** Orders and changes are rebuilt from one another, so a run damages only one of them. */
  const damages: ServerDamage[] = ['log', random.pick(['orders', 'change'])];
  const oracle = createOracle(clock.monotonic, fault);
  /** A closed order that is out of the window by a wrong clock is forgotten, until the clock is right. */
  let forgets = false;
  const checks = createChecks(oracle, fault, () => forgets);
  const displays: SimDisplay[] = [];
  /** The shop's answered writes, which only a restored backup may lose. */
  let written: { id: string; version: number }[] = [];
  let writtenAtBackup: typeof written = [];

  runOn({
    now: serverNow,
    random: random.next,
    after(ms, run) {
      const cancel = after(ms, () => {
        serverTimers.delete(cancel);
        run();
      });
      serverTimers.add(cancel);
      return cancel;
    },
  });
  copyDatabase(template.file, disk);

  function serverDied(): void {
    const died = life;
    if (!died) return;
    life = null;
    for (const cancel of serverTimers) cancel();
    serverTimers = new Set();
    disk = join(folder, `server-${++lives}.db`);
    copyDatabase(died.file, disk);
    for (const { wire } of displays) wire.serverDied();
    void tracked(died.dispose()).catch(uncaught);
  }

  async function serverStarts(): Promise<void> {
    const started = await tracked(
      startServer({
        template,
        file: disk,
        now: serverNow,
        elapsed: clock.monotonic,
        retention,
        onKilled: serverDied,
        onError: (words) => fault(`the server says: ${words}`),
        onDamage() {
          saidDamage = true;
        },
      }),
    );
    oracle.begin(started.look);
    life = started;
    started.service.hints.onHint((hint) => hint.kind === 'head' && oracle.follow(started.look));
  }

  /** Starts the server on a damaged file; if it refuses, an operator mends it. */
  async function startDamaged(): Promise<void> {
    life?.crash.kill('to be damaged');
    await settle();
    const kind = random.pick(damages);
    if (kind === 'orders' && !canRebuildOrders(disk)) return;
    const intact = join(folder, 'intact.db');
    copyDatabase(disk, intact);
    const head = headOf(intact);
    // The oracle must know the last changes before they are damaged.
    const look = new Sqlite(intact, { readonly: true });
    oracle.begin(look);
    look.close();
    damageServer(disk, kind, random);
    saidDamage = false;
    const refusal = await serverStarts().then(
      () => null,
      (error) => error as Error,
    );
    if (refusal) {
      if (!/damaged|not a database|malformed/.test(refusal.message)) throw refusal;
      mendServer(disk, intact, kind === 'log' && random.chance(0.5));
      await serverStarts();
    }
    // Only what the server's words or an operator's repair tell of may be gone.
    if (refusal || saidDamage) written = written.filter(isStored);
    else if (life && headOf(disk) !== head) fault(`damage to the ${kind} took the log from ${head} to ${headOf(disk)}`);
  }

  /** Checks that answered commands are on the server's disk. */
  function isDurable(display: SimDisplay, answer: unknown): void {
    const { results = [] } = answer as { results?: { commandId: string }[] };
    const stored = life?.look.prepare('SELECT 1 FROM commands WHERE device_id = ? AND command_id = ?');
    for (const { commandId } of results)
      if (stored?.get(display.device.deviceId, commandId) === undefined)
        fault(`${display.name}: [C2] ${commandId} is answered and not on the server's disk`);
  }

  function addDisplay(index: number): SimDisplay {
    const device = template.displays[index];
    if (!device) throw new Error('no such device');
    const display = createSimDisplay({
      name: `display ${displays.length}`,
      device,
      folder: join(folder, `display-${displays.length}`),
      clock,
      after,
      random,
      server: () => life,
      serverEpochs: oracle.epochs,
      onStatus: (one, status) => checks.live(one, status, latency()),
      onServerAnswer: isDurable,
      fault,
    });
    displays.push(display);
    display.setWall(random.pick([0, 0, random.int(-48, 48) * 3_600_000]));
    return display;
  }
  /** The longest latency of a socket message and a frame, ms. */
  const latency = (): number => 2_100;

  async function ask(method: string, path: string, body?: unknown): Promise<void> {
    const asked = life;
    if (!asked) return;
    const request = { method, url: `/api/v1${path}`, token: template.shopToken, body } as unknown as HttpRequest;
    const answer = await tracked(asked.ask(request));
    if (!answer || asked.crash.dead) return;
    if (answer.status >= 500 && answer.status !== 503) fault(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    const { id, version } = (answer.body ?? {}) as { id?: string; version?: number };
    if (answer.status > 299 || id === undefined || version === undefined) return;
    written.push({ id, version });
    if (!isStored({ id, version })) fault(`order ${id} is answered at version ${version} and not on the server's disk`);
  }
  const isStored = ({ id, version }: { id: string; version: number }): boolean =>
    life?.look.prepare('SELECT 1 FROM changes WHERE order_id = ? AND version = ?').get(id, version) !== undefined;

  await serverStarts();
  const opened = setup?.displays ?? random.int(2, 3);
  for (let i = 0; i < opened; i++) await addDisplay(i).start();

  return {
    clock,
    random,
    oracle,
    checks,
    displays,
    faults,
    fault,
    uncaught,
    life: () => life,
    serverStarts,
    startDamaged,
    /** Sets the server's clock so far ahead of the right time, ms. */
    setServerAhead(ms: number): void {
      if (ms !== serverAhead) clockSetAt = clock.monotonic();
      serverAhead = ms;
      forgets ||= ms !== 0;
    },
    /** When the server's clock was last set, monotonic ms. */
    clockSetAt: () => clockSetAt,
    shop: {
      token: template.shopToken,
      place: (over: Partial<z.input<typeof OrderDraft>>) =>
        ask('POST', '/orders', {
          items: [
            { name: 'Khachapuri', quantity: 2 },
            { name: 'Soup', quantity: 1, course: 2 },
          ],
          currency: 'GEL',
          totalMinor: 2_900,
          ...over,
        }),
      change(method: 'PATCH' | 'POST' | 'DELETE', path: string, body?: unknown) {
        const ids = [...(oracle.at(oracle.head().hash)?.orders.keys() ?? [])];
        if (ids.length === 0) return undefined;
        const id = random.chance(0.5) ? ids[0] : random.pick(ids);
        return ask(method, `/orders/${id}${path}`, body);
      },
    },
    /** The shop's answered writes that the server has lost. */
    lostWrites: () => written.filter((one) => !isStored(one)),
    hasBackup: (): boolean => backup !== null,
    backUp(): void {
      if (!life) return;
      backup = join(folder, 'backup.db');
      copyDatabase(life.file, backup);
      writtenAtBackup = [...written];
    },
    /** Restores the server's backup, with or without a new epoch. */
    async restore(newEpoch: boolean): Promise<void> {
      if (!backup) return;
      life?.crash.kill('to be restored');
      await settle();
      copyDatabase(backup, disk);
      written = [...writtenAtBackup];
      if (newEpoch) {
        const db = new Sqlite(disk);
        db.prepare('UPDATE store_logs SET epoch = ?').run(`epoch-${seed}-${++lives}`);
        db.close();
      }
      await serverStarts();
    },
    /** Adds a display on a copy of the first one's disk, with its token. */
    async copyDisplay(): Promise<void> {
      const [first] = displays;
      if (!copies || !first || displays.some((one) => one !== first && one.device === first.device)) return;
      const twin = addDisplay(0);
      copyDatabases(['cache.db', 'queue.db'], first.folder(), twin.folder());
      for (const id of first.dismissed) twin.dismissed.add(id);
      for (const [id, tap] of first.taps) twin.taps.set(id, { ...tap });
      twin.corrupt = first.corrupt;
      for (const epoch of first.epochs) twin.epochs.add(epoch);
      await twin.start();
    },
    async dispose(): Promise<void> {
      for (const display of displays) display.close();
      life?.crash.kill('the end');
      await settle();
      for (const cancel of serverTimers) cancel();
      await settle();
      runOn(null);
      forgetFiles();
      removeFolder(folder);
    },
  };
}

/** Whether an error comes from a kill. */
export function isKill(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof Killed) return true;
  return false;
}
