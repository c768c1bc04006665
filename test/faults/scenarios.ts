import { createRandom } from '#test/support/random.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { Rig, Wire } from './rig.ts';

/** A network fault and what the screen has to show. */
export interface Scenario<W extends Wire = FaultProxy> {
  name: string;
  begin(rig: Rig<W>): Promise<unknown>;
  /** ms that it lasts. */
  holdMs: number;
  /**
   * `dark`: nothing gets through; within 12 s neither `live` nor `polling`, with the server as the cause. `polling`: HTTP gets
   * through and must be used. `steady`: slow but working, never worse than `catching_up`. `rough`: anything that is true.
   */
  expect: 'dark' | 'polling' | 'steady' | 'rough';
  /** Whether somebody presses refresh when the fault is over, instead of waiting for the next attempt. */
  refresh: boolean;
}

const LOSE = { flow: 'lose' } as const;
const HOLD = { flow: 'hold' } as const;
/** Longer than the 12 s in which the display must notice, and some time to observe it afterwards. */
const LONG_MS = 15_000;

export const SCENARIOS: Scenario[] = [
  {
    name: 'half-open: both directions lost, connections still accepted',
    begin: ({ wire }) => wire.set({ up: LOSE, down: LOSE }),
    holdMs: LONG_MS,
    expect: 'dark',
    refresh: false,
  },
  {
    name: 'nothing comes down',
    begin: ({ wire }) => wire.set({ down: LOSE }),
    holdMs: LONG_MS,
    expect: 'dark',
    refresh: true,
  },
  {
    name: 'nothing goes up',
    begin: ({ wire }) => wire.set({ up: LOSE }),
    holdMs: LONG_MS,
    expect: 'dark',
    refresh: false,
  },
  {
    name: 'reset and refused',
    begin: async ({ wire }) => {
      await wire.set({ refuse: true });
      wire.cut('reset');
    },
    holdMs: LONG_MS,
    expect: 'dark',
    refresh: true,
  },
  {
    name: 'frozen, and everything arrives later',
    begin: ({ wire }) => wire.set({ up: HOLD, down: HOLD }),
    holdMs: LONG_MS,
    expect: 'dark',
    refresh: false,
  },
  {
    name: 'frozen for less than half of the 12 s',
    begin: ({ wire }) => wire.set({ up: HOLD, down: HOLD }),
    holdMs: 5_000,
    expect: 'rough',
    refresh: false,
  },
  {
    name: 'WebSocket refused by a gateway, HTTP open',
    begin: ({ wire }) => wire.set({ webSocket: 'refuse' }),
    holdMs: LONG_MS,
    expect: 'polling',
    refresh: false,
  },
  {
    name: 'WebSocket vanishes, HTTP open',
    begin: ({ wire }) => wire.set({ webSocket: 'lose' }),
    holdMs: LONG_MS,
    expect: 'polling',
    refresh: true,
  },
  {
    name: 'latency of 150 to 350 ms',
    begin: ({ wire }) => wire.set({ up: { latencyMs: 150, jitterMs: 200 }, down: { latencyMs: 150, jitterMs: 200 } }),
    holdMs: LONG_MS,
    expect: 'steady',
    refresh: false,
  },
  {
    name: '2,000 bytes a second',
    begin: async (rig) => {
      await rig.wire.set({ up: { bytesPerSecond: 2_000 }, down: { bytesPerSecond: 2_000 } });
      for (let i = 0; i < 30; i++) await rig.order();
    },
    holdMs: LONG_MS,
    expect: 'rough',
    refresh: false,
  },
  {
    name: 'cut mid-message, six times',
    begin: async (rig) => {
      const random = createRandom(20);
      for (let cuts = 0; cuts < 6; cuts++) {
        const cut = rig.wire.cutAfter('down', random.int(200, 6_000));
        for (let i = 0; i < 8; i++) await rig.order();
        await cut;
      }
    },
    holdMs: 0,
    expect: 'rough',
    refresh: false,
  },
];
