import { createRandom } from '#test/support/random.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { LaneConditions } from './network-conditions.ts';
import type { Rig, Wire } from './rig.ts';

/** A network fault and what the screen must show. */
export interface Scenario<W extends Wire = FaultProxy> {
  name: string;
  begin(rig: Rig<W>): Promise<unknown>;
  /** Its duration, ms. */
  holdMs: number;
  /**
   * `dark`: nothing gets through; within 12 s neither `live` nor `polling`, and the server as the cause. `polling`: HTTP works
   * and must be used. `steady`: slow but working, never worse than `catching_up`. `rough`: any state, if it is true.
   */
  expect: 'dark' | 'polling' | 'steady' | 'rough';
  /** Whether somebody presses refresh after the fault, instead of waiting for the next attempt. */
  refresh: boolean;
}

/** Longer than the 12 s in which the display must notice, with some time to observe it afterwards. */
export const LONG_MS = 15_000;

const scenario = (
  name: string,
  expect: Scenario['expect'],
  begin: Scenario['begin'],
  over: Partial<Pick<Scenario, 'holdMs' | 'refresh'>> = {},
): Scenario => ({ name, expect, begin, holdMs: LONG_MS, refresh: false, ...over });

const both = (lane: Partial<LaneConditions>): Scenario['begin'] => {
  return ({ wire }) => wire.set({ up: lane, down: lane });
};
const LOSE = { flow: 'lose' } as const;
const HOLD = { flow: 'hold' } as const;
const PRESS = { refresh: true };

/** The ways in which a link dies. */
export const DARK = [
  scenario('half-open: both directions lost, connections still accepted', 'dark', both(LOSE)),
  scenario('nothing comes down', 'dark', ({ wire }) => wire.set({ down: LOSE }), PRESS),
  scenario('nothing goes up', 'dark', ({ wire }) => wire.set({ up: LOSE })),
  scenario(
    'reset and refused',
    'dark',
    async ({ wire }) => {
      await wire.set({ refuse: true });
      wire.cut('reset');
    },
    PRESS,
  ),
  scenario('frozen, and everything arrives later', 'dark', both(HOLD)),
];

export const SCENARIOS = [
  ...DARK,
  scenario('frozen for less than half of the 12 s', 'rough', both(HOLD), { holdMs: 5_000 }),
  scenario('WebSocket refused by a gateway, HTTP open', 'polling', ({ wire }) => wire.set({ webSocket: 'refuse' })),
  scenario('WebSocket vanishes, HTTP open', 'polling', ({ wire }) => wire.set({ webSocket: 'lose' }), PRESS),
  scenario('latency of 150 to 350 ms', 'steady', both({ latencyMs: 150, jitterMs: 200 })),
  scenario('2,000 bytes a second', 'rough', async (rig) => {
    await both({ bytesPerSecond: 2_000 })(rig);
    for (let i = 0; i < 30; i++) await rig.order();
  }),
  scenario(
    'cut mid-message, six times',
    'rough',
    async (rig) => {
      const random = createRandom(20);
      for (let cuts = 0; cuts < 6; cuts++) {
        const cut = rig.wire.cutAfter('down', random.int(200, 6_000));
        for (let i = 0; i < 8; i++) await rig.order();
        await cut;
      }
    },
    { holdMs: 0 },
  ),
];
