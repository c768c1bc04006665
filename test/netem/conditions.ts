import type { Wire } from '../faults/rig.ts';
import type { Scenario } from '../faults/scenarios.ts';
import type { Network } from './network.ts';

/** The cable between the two machines, as the rig's wire. */
export interface Cable extends Wire {
  network: Network;
}

/** A fault below TCP. `netem` ones need a kernel that has it. */
export interface CableScenario extends Scenario<Cable> {
  netem: boolean;
}

/** Longer than the 12 s in which the display must notice, and some time to observe it afterwards. */
const LONG_MS = 15_000;

const scenario = (
  name: string,
  expect: CableScenario['expect'],
  begin: (network: Network) => void,
  { netem = false, refresh = false } = {},
): CableScenario => ({
  name,
  expect,
  netem,
  refresh,
  holdMs: LONG_MS,
  begin: async ({ wire }) => begin(wire.network),
});

const bothWays = (discipline: string) => (network: Network) => {
  network.queue('server', discipline);
  network.queue('display', discipline);
};

export const CABLE_SCENARIOS: CableScenario[] = [
  scenario('the cable is out', 'dark', (network) => network.unplug()),
  scenario('every packet down is lost', 'dark', (network) => network.drop('display', 1), { refresh: true }),
  scenario('every packet up is lost', 'dark', (network) => network.drop('server', 1)),
  scenario('one packet in fifty is lost, both ways', 'steady', (network) => {
    network.drop('server', 0.02);
    network.drop('display', 0.02);
  }),
  scenario('one packet in five is lost, both ways', 'rough', (network) => {
    network.drop('server', 0.2);
    network.drop('display', 0.2);
  }),
  scenario('32 kbit/s, both ways', 'rough', bothWays('tbf rate 32kbit burst 4kb latency 2s')),
  scenario('200 ms late, give or take 80, out of order', 'steady', bothWays('netem delay 200ms 80ms'), { netem: true }),
  scenario('every tenth packet lost, in bursts', 'rough', bothWays('netem loss 10% 50%'), { netem: true }),
  scenario('a third of the packets out of order', 'rough', bothWays('netem delay 40ms reorder 67% 50%'), {
    netem: true,
  }),
  scenario('every tenth packet twice, every hundredth spoilt', 'rough', bothWays('netem duplicate 10% corrupt 1%'), {
    netem: true,
  }),
];
