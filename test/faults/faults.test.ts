import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type Server } from '#test/e2e/support/server.ts';
import { createProxyRig, type Rig } from './rig.ts';
import { runScenario, type ScenarioResult } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const ALL_WITHIN_MS = 150_000;
const dir = mkdtempSync(join(tmpdir(), 'ticketrail-faults-'));
const rigs: Rig[] = [];
let server: Server;
/** The scenarios run at the same time, because they mostly wait. */
let results: Map<string, Promise<ScenarioResult>>;

beforeAll(async () => {
  server = await createServer(dir);
  for (const { name } of SCENARIOS) rigs.push(await createProxyRig(server.url, dir, name));
  results = new Map(SCENARIOS.map((scenario, i) => [scenario.name, runScenario(rigs[i] as Rig, scenario)]));
  await Promise.allSettled(results.values());
}, ALL_WITHIN_MS);
afterAll(async () => {
  await Promise.all(rigs.map((rig) => rig.close()));
  await server?.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

const about = (expectation: string) => SCENARIOS.filter(({ expect }) => expect === expectation).map(({ name }) => name);

describe('[L1] shows a dead link within 12 s; taps wait and arrive once', () => {
  it.each(about('dark'))('%s', async (name) => {
    const { faults, unliveMs, backMs } = (await results.get(name)) as ScenarioResult;
    expect(faults).toEqual([]);
    expect(unliveMs).not.toBeNull();
    expect(backMs).not.toBeNull();
  });
});

describe('[L2] polls without a WebSocket: orders come, taps go, and it is not called live', () => {
  it.each(about('polling'))('%s', async (name) => {
    expect((await results.get(name))?.faults).toEqual([]);
  });
});

describe('[S3] [L1] shows every order once over a bad link that works, and live only with all of them', () => {
  it.each([...about('steady'), ...about('rough')])('%s', async (name) => {
    expect((await results.get(name))?.faults).toEqual([]);
  });
});
