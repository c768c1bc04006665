import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '#test/e2e/support/server.ts';
import { createRig } from '../faults/rig.ts';
import { runScenario, type Verdict } from '../faults/run-scenario.ts';
import type { Network } from './network.ts';
import { type Cable, WEATHERS } from './weathers.ts';

/** One weather and what came of it; `null`: this kernel cannot make it. */
export interface Told {
  name: string;
  verdict: Verdict | null;
}

/** Server and display as real processes on two machines; each weather in turn, on the same shop's cable. */
export async function runWeathers(network: Network, tell: (told: Told) => void): Promise<Told[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-netem-'));
  const server = await createServer(dir, { HOST: '0.0.0.0' }, network.server);
  const all: Told[] = [];
  try {
    const { port } = new URL(server.url);
    for (const [i, weather] of WEATHERS.entries()) {
      const told: Told = { name: weather.name, verdict: null };
      if (!weather.netem || network.netem) told.verdict = await under(i);
      all.push(told);
      tell(told);
    }
    async function under(i: number): Promise<Verdict> {
      const weather = WEATHERS[i];
      if (!weather) throw new Error('there is no such weather');
      const cable: Cable = {
        network,
        url: `http://${network.server.address}:${port}`,
        mend: async () => network.mend(),
        close: async () => network.mend(),
      };
      const rig = await createRig(server.url, dir, `weather ${i + 1}`, cable, network.display);
      try {
        return await runScenario(rig, weather);
      } finally {
        await rig.close();
      }
    }
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  return all;
}
