import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, createApi } from '#test/support/api.ts';
import { type BridgePage, openBridgePage } from '#test/support/bridge-page.ts';
import { freePort } from '#test/support/free-port.ts';
import { createRandom } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { readAftermath } from './aftermath.ts';
import { judge } from './judge.ts';
import { type CrashRecord, emptyRecord } from './record.ts';
import { startShopLoad } from './shop-load.ts';
import { startTapLoad } from './tap-load.ts';
import { createTargetProcess, type TargetProcess } from './target-process.ts';

export interface CrashLoopOptions {
  kills: number;
  displays: number;
  seed: number;
  /** Gets progress messages. */
  say?: (line: string) => void;
}

export interface CrashReport {
  seed: number;
  seconds: number;
  /** What was killed (`server`, `display 1` …), and what it was doing. */
  kills: { name: string; doing: 'serving' | 'starting' }[];
  record: CrashRecord;
  /** Changes in the log, and refused taps that the displays show. */
  changes: number;
  refused: number;
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
const ENV = { RATE_LIMIT: '0', LOG_LEVEL: 'warn' };

/**
 * Runs a server and displays as real processes under load. Repeatedly kills a random one with `kill -9` at a random moment,
 * possibly during its start, and restarts it. Waits for quiet, and compares everything with the load's record.
 */
export async function runCrashLoop({ kills, displays, seed, say }: CrashLoopOptions): Promise<CrashReport> {
  const began = performance.now();
  const random = createRandom(seed);
  const record = emptyRecord();
  const dir = await mkdtemp(join(tmpdir(), 'ticketrail-crash-'));
  const admin = randomBytes(24).toString('hex');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = createTargetProcess({
    name: 'server',
    file: 'server/src/main.ts',
    args: [],
    env: { ...ENV, PORT: String(port), DATABASE_URL: `file:${join(dir, 'server.db')}`, ADMIN_TOKEN: admin },
    // With a time limit: it may be killed between receiving the call and answering it.
    ready: async () =>
      (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null))?.ok ? true : null,
  });
  const screens: Screen[] = [];
  const targets = (): TargetProcess<unknown>[] => [server, ...screens.map(({ target }) => target)];
  const report: CrashReport = { seed, seconds: 0, kills: [], record, changes: 0, refused: 0, violations: [], dir };
  /** Pending starts; one that fails ends the run. */
  const starts: Promise<void>[] = [];

  try {
    await server.start();
    const device = await enrol(createApi(url, admin));
    for (let i = 1; i <= displays; i++) {
      const { deviceId, token } = await device('display');
      const name = `display ${i}`;
      const target = await createScreenProcess(name, url, token, join(dir, `display-${i}`));
      screens.push({ name, deviceId, api: createApi(url, token), target });
      await target.start();
    }
    const integration = createApi(url, (await device('integration')).token);
    const uniqueDue = createUniqueDue();
    const cooks = screens.map(({ deviceId, target }, i) =>
      startTapLoad(deviceId, target.ready, record, createRandom(seed + 1 + i), uniqueDue),
    );
    const web = startShopLoad(integration, record, createRandom(seed), () =>
      Math.max(...cooks.map((c) => c.openCount())),
    );

    for (let done = 0; done < kills; ) {
      await sleep(random.int(20, 2_500));
      const target = random.chance(0.4) ? server : random.pick(screens).target;
      const doing = target.state();
      if (doing === 'down') continue;
      done += 1;
      report.kills.push({ name: target.name, doing: doing === 'up' ? 'serving' : 'starting' });
      await target.kill();
      const start = sleep(random.int(0, 300)).then(() => target.start());
      start.catch(() => undefined);
      starts.push(start);
      if (done % 25 === 0) say?.(`${done} kills, ${record.orders.size} orders, ${record.taps.length} taps`);
    }
    await Promise.all(starts);
    await Promise.all([web.stop(), ...cooks.map((cook) => cook.stop())]);
    say?.('quiet');

    const seen = await Promise.all(screens.map(quiet));
    const look = await until(
      'all the same',
      async () => {
        const aftermath = await readAftermath(integration, seen, record.taps);
        report.violations = judge(record, aftermath);
        report.changes = [...aftermath.histories.values()].flat().length;
        report.refused = aftermath.displays.reduce((sum, { failedCommands }) => sum + failedCommands.length, 0);
        return report.violations.length === 0;
      },
      5_000,
      500,
    ).catch(() => null);
    if (look) await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  } finally {
    for (const { target } of screens) target.ready()?.close();
    await Promise.allSettled(starts);
    await Promise.all(targets().map((target) => target.kill()));
    report.seconds = (performance.now() - began) / 1_000;
  }
  return report;
}

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
  await made('/stores', { id: 'main', name: 'Main kitchen', currency: 'GEL', timeZone: 'Asia/Tbilisi' });
  return (role: string) => made<{ deviceId: string; token: string }>('/stores/main/devices', { name: role, role });
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
