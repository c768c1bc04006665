import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Api } from '#test/support/api.ts';
import { type BridgePage, openBridgePage } from '#test/support/bridge-page.ts';
import { freePort } from '#test/support/free-port.ts';
import { createRandom } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { readAftermath } from './aftermath.ts';
import { judge } from './judge.ts';
import { startOneServer } from './one-server.ts';
import { type CrashRecord, emptyRecord } from './record.ts';
import { startSeveralNodes } from './several-nodes.ts';
import { startShopLoad } from './shop-load.ts';
import { startTapLoad } from './tap-load.ts';
import { createTargetProcess, type TargetProcess } from './target-process.ts';
import { type Disturbance, DOING } from './world.ts';

export interface CrashLoopOptions {
  kills: number;
  displays: number;
  /** 0: one server on a SQLite file; else as many on PostgreSQL, with Redis. */
  nodes?: number;
  seed: number;
  /** Gets progress messages. */
  say?: (line: string) => void;
}

export interface CrashReport {
  seed: number;
  seconds: number;
  /** What went wrong, such as `server SIGKILL, serving`. */
  disturbances: string[];
  /** After how many of the kills no call over HTTP was acknowledged before the next disturbance. */
  idle: number;
  record: CrashRecord;
  /** Changes in the log, and refused taps that the displays show. */
  changes: number;
  refused: number;
  /** What else is worth knowing, by its name. */
  counts: Record<string, number>;
  /** Empty when all is well. */
  violations: string[];
  /** The files' folder, kept if something is wrong. */
  dir: string;
}

/** A display that the run kills now and then, and its page while it is up. */
interface Screen {
  name: string;
  deviceId: string;
  api: Api;
  target: TargetProcess<BridgePage>;
}

/** Enough for a display that backed off for 30 s just before the server was up, and then has everything to send. */
const QUIET_WITHIN_MS = 120_000;
/** After a kill, something over HTTP must be acknowledged within this time. */
const WORKS_WITHIN_MS = 120_000;
const ENV = { RATE_LIMIT: '0', LOG_LEVEL: 'warn' };

/**
 * Runs servers and displays as real processes under load. Repeatedly kills a random one at a random moment, possibly during its
 * start, and restarts it. Waits for quiet, and compares everything with the load's record.
 */
export async function runCrashLoop(options: CrashLoopOptions): Promise<CrashReport> {
  const { kills, displays, nodes = 0, seed, say } = options;
  const began = performance.now();
  const random = createRandom(seed);
  const record = emptyRecord();
  const dir = await mkdtemp(join(tmpdir(), 'ticketrail-crash-'));
  const admin = randomBytes(24).toString('hex');
  const world = await (nodes === 0
    ? startOneServer(dir, admin, ENV)
    : startSeveralNodes({ dir, admin, env: ENV, nodes, seed }));
  const screens: Screen[] = [];
  const report: CrashReport = {
    ...{ seed, seconds: 0, disturbances: [], idle: 0, record, changes: 0, refused: 0, counts: {}, violations: [], dir },
  };
  /** What is not over yet; one that cannot be ends the run. */
  const pending: Promise<unknown>[] = [];
  let isLost = false;
  let isWell = false;

  async function killScreen(): Promise<Disturbance | null> {
    const { target } = random.pick(screens);
    const state = target.state();
    if (state === 'down') return null;
    await target.kill();
    const over = sleep(random.int(0, 300)).then(() => target.start());
    return { what: `display SIGKILL, ${DOING[state]}`, isKill: world.screens.count, over };
  }

  try {
    const asAdmin = world.api(admin);
    const device = await enrol(asAdmin);
    await world.prepare?.(asAdmin);
    for (let i = 1; i <= displays; i++) {
      const { deviceId, token } = await device('display');
      const name = `display ${i}`;
      const target = await createScreenProcess(name, world.url, token, join(dir, `display-${i}`));
      screens.push({ name, deviceId, api: world.api(token), target });
      await target.start();
    }
    say?.('servers and displays are up');
    const integration = world.api((await device('integration')).token);
    const uniqueDue = createUniqueDue();
    const cooks = screens.map(({ deviceId, target }, i) =>
      startTapLoad(deviceId, target.ready, record, createRandom(seed + 1 + i), uniqueDue),
    );
    const openCount = () => Math.max(...cooks.map((cook) => cook.openCount()));
    const { dishes, actsLate } = world;
    const web = startShopLoad(integration, record, createRandom(seed), { openCount, actsLate, dishes });

    for (let done = 0; done < kills && !isLost; ) {
      await sleep(random.int(20, 2_500));
      const isScreen = random.chance(world.screens.share);
      const disturbance = await (isScreen ? killScreen() : world.disturb(random, done));
      if (disturbance === null) continue;
      report.disturbances.push(disturbance.what);
      disturbance.over.catch(() => {
        isLost = true;
      });
      pending.push(disturbance.over);
      if (!disturbance.isKill) continue;
      done += 1;
      if (world.worksBetween && !(await worksAgain(record))) report.idle += 1;
      if (done % 25 === 0) say?.(`${done} kills, ${record.orders.size} orders, ${record.taps.length} taps`);
    }
    await Promise.all(pending);
    await Promise.all([web.stop(), ...cooks.map((cook) => cook.stop())]);
    say?.('quiet');

    const seen = await Promise.all(screens.map(quiet));
    await world.settle?.();
    isWell = await until(
      'all the same',
      async () => {
        const aftermath = await readAftermath(integration, seen, record.taps);
        const more = await world.judge?.(aftermath);
        report.violations = [...judge(record, aftermath), ...(more?.violations ?? [])];
        report.counts = more?.counts ?? {};
        report.changes = [...aftermath.histories.values()].flat().length;
        report.refused = aftermath.displays.reduce((sum, { failedCommands }) => sum + failedCommands.length, 0);
        return report.violations.length === 0;
      },
      5_000,
      500,
    ).catch((error: Error) => {
      if (report.violations.length === 0) report.violations.push(error.message);
      return false;
    });
  } finally {
    for (const { target } of screens) target.ready()?.close();
    await Promise.allSettled(pending);
    await Promise.all(screens.map(({ target }) => target.kill()));
    await world.stop(!isWell);
    report.seconds = (performance.now() - began) / 1_000;
  }
  if (isWell) await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  return report;
}

/** False: nothing was acknowledged over HTTP in time. */
async function worksAgain(record: CrashRecord): Promise<boolean> {
  const before = acknowledged(record);
  const works = () => acknowledged(record) > before;
  return until('an answer', works, WORKS_WITHIN_MS).catch(() => false);
}

const acknowledged = ({ orders, changes }: CrashRecord): number =>
  [...orders.values()].filter(({ id }) => id !== null).length +
  changes.filter(({ outcome }) => outcome !== 'unknown').length;

async function quiet({ name, deviceId, api, target }: Screen) {
  const page = target.ready();
  if (!page) throw new Error(`${name} is not up`);
  const isQuiet = async (): Promise<true> => {
    const status = await page.call('getStatus', null);
    if (!status.ok) throw new Error(status.error.message);
    const { link, queueCount } = status.value;
    if (link.state === 'live' && queueCount === 0) return true;
    throw new Error(`${link.state}, ${queueCount} in the queue`);
  };
  // A display that does not get there is no error here: the judge reports it.
  await until(name, isQuiet, QUIET_WITHIN_MS).catch(() => undefined);
  return { name, deviceId, api, page };
}

async function createScreenProcess(name: string, url: string, token: string, dir: string) {
  return createTargetProcess<BridgePage>({
    name,
    file: 'scripts/display-web.ts',
    args: ['--server', url, '--data', dir, '--port', String(await freePort())],
    env: { TICKETRAIL_TOKEN: token, LOG_LEVEL: 'error' },
    ready: async (output) => {
      const address = /display ready (\S+)/.exec(output)?.[1];
      // Killed meanwhile: there is no page, and none is needed.
      return address ? openBridgePage(address).catch(() => null) : null;
    },
  });
}

async function enrol(admin: Api) {
  const made = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await admin<T>('POST', path, { body });
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await made('/stores', { id: 'main', name: 'Main kitchen', currency: 'GEL', timeZone: zoneInTheMorning() });
  return (role: string) => made<{ deviceId: string; token: string }>('/stores/main/devices', { name: role, role });
}

/** Where no day ends during the run: numbers of orders would begin again, and papers name an order by its number. */
function zoneInTheMorning(): string {
  const hours = 6 - new Date().getUTCHours();
  const east = hours < -11 ? hours + 24 : hours;
  // The sign is the other way round.
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

/** A quarter of an hour later, and never the same instant twice, so that each promised time is unique. */
function createUniqueDue(): (fromMs: number) => string {
  const given = new Set<number>();
  return (fromMs) => {
    let due = fromMs + 15 * 60_000;
    while (given.has(due)) due += 1;
    given.add(due);
    return new Date(due).toISOString();
  };
}
