import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '#test/e2e/support/server.ts';
import { createRig } from '../faults/rig.ts';
import { runScenario, type ScenarioResult } from '../faults/run-scenario.ts';
import { CABLE_SCENARIOS, type Cable, type CableScenario } from './conditions.ts';
import type { Network } from './network.ts';

/** `result` is null where this kernel cannot play the fault. */
export interface CableResult {
  name: string;
  result: ScenarioResult | null;
}

/** Runs server and display as real processes on two machines, and every fault of the cable in turn. */
export async function runCableScenarios(network: Network, report: (one: CableResult) => void): Promise<CableResult[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-netem-'));
  const server = await createServer(dir, { HOST: '0.0.0.0' }, network.server);
  const { port } = new URL(server.url);

  async function run(scenario: CableScenario, name: string): Promise<ScenarioResult> {
    const cable: Cable = {
      network,
      url: `http://${network.server.address}:${port}`,
      mend: async () => network.mend(),
      close: async () => network.mend(),
    };
    const rig = await createRig(server.url, dir, name, cable, network.display);
    try {
      return await runScenario(rig, scenario);
    } finally {
      await rig.close();
    }
  }

  const all: CableResult[] = [];
  try {
    for (const [i, scenario] of CABLE_SCENARIOS.entries()) {
      const possible = !scenario.netem || network.netem;
      const one = { name: scenario.name, result: possible ? await run(scenario, `cable ${i + 1}`) : null };
      all.push(one);
      report(one);
    }
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  return all;
}
