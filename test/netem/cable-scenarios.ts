import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '#test/e2e/support/server.ts';
import { createRig, type Wire } from '../faults/rig.ts';
import { runScenario, type ScenarioResult } from '../faults/run-scenario.ts';
import { LONG_MS, type Scenario } from '../faults/scenarios.ts';
import type { Network } from './network.ts';

type Cable = Wire & { network: Network };

const scenario = (
  name: string,
  expect: Scenario['expect'],
  begin: (network: Network) => void,
  refresh = false,
): Scenario<Cable> => ({ name, expect, refresh, holdMs: LONG_MS, begin: async ({ wire }) => begin(wire.network) });

const loseBothWays = (share: number) => (network: Network) => {
  network.drop('server', share);
  network.drop('display', share);
};

const CABLE_SCENARIOS = [
  scenario('the cable is out', 'dark', (network) => network.unplug()),
  scenario('every packet down is lost', 'dark', (network) => network.drop('display', 1), true),
  scenario('every packet up is lost', 'dark', (network) => network.drop('server', 1)),
  scenario('one packet in fifty is lost, both ways', 'steady', loseBothWays(0.02)),
  scenario('one packet in five is lost, both ways', 'rough', loseBothWays(0.2)),
  scenario('32 kbit/s, both ways', 'rough', (network) => network.slow()),
];

/** Runs server and display as real processes on two machines, with each cable fault in turn. @yields each result */
export async function* runCableScenarios(network: Network): AsyncGenerator<ScenarioResult & { name: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-netem-'));
  const server = await createServer(dir, { HOST: '0.0.0.0' }, network.server);
  const repair = async () => network.repair();
  const url = `http://${network.server.address}:${new URL(server.url).port}`;
  try {
    for (const [i, one] of CABLE_SCENARIOS.entries()) {
      const cable = { network, url, repair, close: repair };
      const rig = await createRig(server.url, dir, `cable ${i + 1}`, cable, network.display);
      try {
        yield { name: one.name, ...(await runScenario(rig, one)) };
      } finally {
        await rig.close();
      }
    }
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
