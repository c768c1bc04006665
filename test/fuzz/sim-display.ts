import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeStorage } from '#adapters/node-storage.ts';
import type { Intent } from '#contract/command.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Board } from '#contract/ticket.ts';
import { createDisplay } from '#core/create-display.ts';
import type { Connection, Display } from '#core/display.ts';
import type { CacheStore, CommandRow, QueueStore } from '#core/stores.ts';
import type { FakeClock } from '#core/testing/fake-clock.ts';
import { createFakePaper } from '#core/testing/fake-paper.ts';
import { seededUuid } from '#core/testing/seeded-random.ts';
import type { Random } from '#test/support/random.ts';
import { sha256 } from '#test/support/sha256.ts';
import { watchCommands } from './command-watch.ts';
import { type CrashPoint, createCrashPoint, Killed } from './crash-point.ts';
import { flipBit, flipDatabaseBit, flipLogBit } from './damage.ts';
import { copyDatabases, mayLoseCommits } from './disks.ts';
import { type DiskFaults, guardStorage } from './guarded-stores.ts';
import { judgeQueue, type QueueContents, queueContents } from './judge-queue.ts';
import type { ServerLife } from './sim-server.ts';
import { createWire } from './wire.ts';

const FILES = ['cache.db', 'queue.db'];
const silent = { info() {}, warn() {}, error() {} };

/** One command as stored by the queue. */
export interface Tap {
  commandId: string;
  orderId: string;
  intent: Intent | null;
  /** The call was answered `ok`. */
  ok: boolean;
}
export type CacheState = 'kept' | 'lost' | 'damaged';
export type DamagedFile = 'cache.db' | 'cache.db-wal' | 'queue.db' | 'queue.db-wal';

export interface SimDisplayOptions {
  name: string;
  device: { deviceId: string; token: string };
  folder: string;
  clock: FakeClock;
  /** Runs it later; an error in it is a fault. */
  after(ms: number, run: () => void): () => void;
  random: Random;
  server(): ServerLife | null;
  /** Every epoch in which a server may have answered: some that this display's cache never had. */
  serverEpochs(): ReadonlySet<string>;
  /** Gets every pushed status. */
  onStatus(display: SimDisplay, status: DisplayStatus): void;
  onServerAnswer(display: SimDisplay, answer: unknown): void;
  fault(words: string): void;
}

export type SimDisplay = ReturnType<typeof createSimDisplay>;

/** The real core over the real stores; it can be killed at any crash point and restarted on its disks. */
export function createSimDisplay(options: SimDisplayOptions) {
  const { name, device, clock, after, random, server, fault } = options;
  const say = (words: string): void => fault(`${name}: ${words}`);
  const faults: DiskFaults = { cache: false, queue: false };
  /** By command id. */
  const taps = new Map<string, Tap>();
  const dismissed = new Set<string>();
  const epochs = new Set<string | null>();
  let lives = 0;
  let folder = options.folder;
  let image: { folder: string; corrupt: boolean } | null = null;
  let ahead = clock.wall() - clock.monotonic();
  let power = false;
  let hasRotted = false;
  let life: { display: Display; crash: CrashPoint; bare: { cache?: CacheStore; queue?: QueueStore } } | null = null;
  /** The rows on the disk, until the queue is written again. */
  let rows: readonly CommandRow[] | null = null;
  /** Rows that became durable since the tap that is being answered. */
  let fresh: CommandRow[] = [];

  const commands = watchCommands({
    now: clock.monotonic,
    fault: say,
    accepts: (epoch) => !faults.queue && life?.bare.cache?.position().epoch === epoch,
    isAnswered: (commandId) => self.rows().some((row) => row.commandId === commandId && row.answer !== null),
  });
  const wire = createWire({
    now: clock.monotonic,
    after,
    random,
    server,
    watch: {
      commandsSent: commands.sent,
      ledgerAsked: commands.asked,
      got(cursor) {
        const onDisk = life?.bare.cache?.position().cursor ?? -1;
        if (cursor > onDisk) say(`says it has ${cursor} on its disk, which has ${onDisk}`);
      },
      answered: (answer) => options.onServerAnswer(self, answer),
      ahead(batches) {
        if (batches > 4) say(`is sent ${batches} batches that it has not confirmed`);
      },
    },
  });

  function died(): void {
    const left = folder;
    folder = join(options.folder, `life-${++lives}`);
    copyDatabases(FILES, left, folder);
    for (const file of FILES)
      if (power && image && mayLoseCommits(join(left, file)) && random.chance(0.6)) {
        copyDatabases([file], image.folder, folder);
        if (file === 'cache.db') self.corrupt = image.corrupt;
      }
    wire.displayDied(power);
    commands.forget();
    rows = null;
  }

  /** Flips a bit in a file of the stopped program. @returns what the queue contained before */
  function damage(file: DamagedFile): QueueContents {
    const copy = join(options.folder, 'before-damage');
    copyDatabases(FILES, folder, copy);
    const queue = nodeStorage(copy, silent).openQueue().store;
    const before = queueContents(queue, options.serverEpochs());
    queue.close();
    if (file === 'queue.db-wal') flipLogBit(join(folder, 'queue.db'), random);
    else if (file === 'cache.db-wal') flipBit(join(folder, file), random);
    else flipDatabaseBit(join(folder, file), random);
    // Without a word, SQLite takes the cache back to an earlier commit.
    if (file === 'cache.db-wal') self.corrupt ||= hasRotted;
    return before;
  }

  /** Checks what the screen says of damage, and what is gone. */
  async function judge(before: QueueContents): Promise<void> {
    const queue = self.queue();
    const troubles = (await self.status())?.troubles;
    if (!queue || !troubles) return;
    const told = troubles.includes('queue_set_aside');
    const loss = judgeQueue(before, queueContents(queue, options.serverEpochs()), told);
    for (const id of loss.taps) taps.delete(id);
    for (const id of loss.refusals) dismissed.add(id);
    for (const words of loss.faults) say(words);
  }

  /** Starts the program on its disks. It may be killed during the start. */
  async function start(state: CacheState = 'kept'): Promise<void> {
    const cacheFile = join(folder, 'cache.db');
    if (state !== 'kept') for (const part of ['', '-wal']) rmSync(cacheFile + part, { force: true });
    if (state === 'damaged') writeFileSync(cacheFile, 'this is no database, and was not meant to be one'.repeat(40));
    const crash = createCrashPoint(died);
    const guarded = guardStorage(nodeStorage(folder, silent), crash, faults, {
      inserted(row) {
        const { commandId, orderId, intent } = row;
        taps.set(commandId, { commandId, orderId, intent, ok: false });
        fresh.push(row);
      },
      moved({ epoch }) {
        epochs.add(epoch);
      },
      wrote() {
        rows = null;
      },
    });
    const alive =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A) => {
        if (!crash.dead) run(...args);
      };
    const display = createDisplay(
      {
        clock: {
          monotonic: clock.monotonic,
          uptime: clock.uptime,
          wall: () => clock.monotonic() + ahead,
          after: (ms, run) => after(ms, alive(run)),
        },
        random: random.next,
        uuid: seededUuid(random.next),
        sha256,
        slowHash: async (secret, salt) => sha256(`${salt} ${secret}`),
        paper: createFakePaper().paper,
        storage: guarded.storage,
        ...wire.plug(crash),
        log: silent,
      },
      { appVersion: '0.0.0', connection: connectionTo(device.token) },
    );
    life = { display, crash, bare: guarded.bare };
    display.onPush((push, payload) => {
      if (push === 'status' && !crash.dead) options.onStatus(self, payload as DisplayStatus);
    });
    try {
      await display.start();
    } catch (error) {
      if (!(error instanceof Killed || crash.dead)) say(`does not start: ${String(error)}`);
    }
  }

  /** Cleans up after a killed program. */
  function dispose(): void {
    life?.bare.cache?.close();
    life?.bare.queue?.close();
    life = null;
  }

  const self = {
    name,
    device,
    wire,
    taps,
    dismissed,
    faults,
    /** The cache is silently damaged and may be wrong until the display starts over. */
    corrupt: false,
    /** Every epoch that the cache has had. */
    epochs,
    folder: () => folder,
    isUp: (): boolean => life !== null && !life.crash.dead,
    program: (): Display | null => (self.isUp() ? (life?.display ?? null) : null),
    cache: (): CacheStore | null => (self.isUp() ? (life?.bare.cache ?? null) : null),
    queue: (): QueueStore | null => (self.isUp() ? (life?.bare.queue ?? null) : null),
    armCrash(places: number, byPowerCut: boolean): void {
      power = byPowerCut;
      life?.crash.arm(places);
    },
    kill(byPowerCut: boolean): void {
      power = byPowerCut;
      life?.crash.kill('between two steps');
    },
    async restart(state: CacheState, damaged: DamagedFile | null = null): Promise<void> {
      self.kill(false);
      dispose();
      faults.cache = false;
      faults.queue = false;
      const before = damaged && damage(damaged);
      await start(state);
      if (before) await judge(before);
    },
    /** The disk silently loses an order: only the digest can tell (S6). */
    rot(): void {
      const cache = self.cache();
      const order = cache?.open()[0];
      if (!cache || !order) return;
      self.corrupt = true;
      hasRotted = true;
      cache.remove(order.id);
    },
    /** Copies the disk, for a later power cut that reverts unsynced commits. */
    takeImage(): void {
      image = { folder: join(options.folder, 'image'), corrupt: self.corrupt };
      copyDatabases(FILES, folder, image.folder);
    },
    setWall(ms: number): void {
      ahead += ms;
    },
    async ask<T>(call: string, input: unknown = null): Promise<T | null> {
      const answer = await life?.display.call(call, input);
      return answer?.ok && self.isUp() ? (answer.value as T) : null;
    },
    board: () => self.ask<Board>('getBoard'),
    status: () => self.ask<DisplayStatus>('getStatus'),
    /** Taps; if the answer is `ok`, the tap must be on disk. */
    async tap(orderId: string, intent: Intent): Promise<void> {
      fresh = [];
      const answer = await life?.display.call('command', { orderId, intent });
      if (!answer || !self.isUp()) return;
      if (!answer.ok) {
        if (!['not_allowed', 'not_found', 'disk'].includes(answer.error.code))
          say(`answers a tap ${answer.error.code}`);
        return;
      }
      const tap = taps.get((answer.value as { commandId: string }).commandId);
      if (tap) tap.ok = true;
      else say(`[C1] a tap was answered before it was on the disk`);
    },
    async acknowledgeAll(): Promise<void> {
      fresh = [];
      const answer = await self.ask<{ count: number }>('acknowledgeAll');
      if (!answer) return;
      if (fresh.length !== answer.count) say(`[C1] ${answer.count} taps answered, ${fresh.length} on the disk`);
      for (const row of fresh) for (const tap of [taps.get(row.commandId)]) if (tap) tap.ok = true;
    },
    /** The queue on disk, in the order of the taps. */
    rows(): readonly CommandRow[] {
      const queue = self.queue();
      if (!queue) return [];
      rows ??= queueContents(queue, options.serverEpochs()).rows;
      return rows;
    },
    start,
    close(): void {
      self.kill(false);
      dispose();
    },
  };
  return self;
}

function connectionTo(token: string) {
  const connection: Connection = { serverUrl: 'http://server.test', token };
  return { read: async () => connection, write: async () => {} };
}
