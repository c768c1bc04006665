import { setTimeout as sleep } from 'node:timers/promises';
import type { LightSocket } from '../clients/light-socket.ts';
import { startSubject } from '../subjects/start-subject.ts';
import type { SubjectStore } from '../subjects/subject.ts';
import { spread } from '../support.ts';
import type { Part } from './load.ts';

/** A turn of {@link idle}: CPU time in ms, memory in bytes, of all displays. */
export interface IdleTurn {
  memory: number;
  connecting: number;
  /** Of a second. */
  idling: number;
}

const STORES = 100;
const DISPLAYS_EACH = 10;
const DISPLAYS = STORES * DISPLAYS_EACH;
const AT_ONCE = 50;
const WARM_UP_DISPLAYS = 50;
const SETTLE_MS = 1_000;
/** As long as an interval of heartbeats, so that each display has had one. */
const IDLE_SECONDS = 5;

/** E: displays that do nothing. */
export const idle: Part<IdleTurn> = {
  title: 'Idle displays',
  what: `${DISPLAYS} displays of ${STORES} stores connect, ${AT_ONCE} at once, to a process that has just started, and then do nothing for ${IDLE_SECONDS} s.`,
  subjects: ['ticketrail', 'ws-full', 'socket-io'],
  rounds: 3,
  turns: 1,
  start: startSubject,
  async begin(subject) {
    const stores: SubjectStore[] = [];
    while (stores.length < STORES) stores.push(await subject.addStore(DISPLAYS_EACH));

    async function connect(count: number): Promise<LightSocket[]> {
      const sockets: LightSocket[] = [];
      const one = (i: number) => stores[i % STORES]?.connect(Math.floor(i / STORES), () => {});
      for (let i = 0; i < count; i += AT_ONCE) {
        const some = await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => one(i + k)));
        sockets.push(...some.filter((socket) => socket !== undefined));
      }
      return sockets;
    }

    return async () => {
      await subject.restart();
      for (const socket of await connect(WARM_UP_DISPLAYS)) socket.close();
      await sleep(SETTLE_MS);
      const before = subject.memory();
      let sockets: LightSocket[] = [];
      const connecting = await subject.during(async () => {
        sockets = await connect(DISPLAYS);
        await sleep(SETTLE_MS);
      });
      const memory = subject.memory() - before;
      const idling = (await subject.during(() => sleep(IDLE_SECONDS * 1_000))) / IDLE_SECONDS;
      for (const socket of sockets) socket.close();
      return { memory, connecting, idling };
    };
  },
  figuresOf(turns) {
    const each = (of: keyof IdleTurn) => spread(turns.map((turn) => turn[of])).p50 / DISPLAYS;
    return {
      memory_per_display_kb: each('memory') / 1_000,
      cpu_per_connect_us: each('connecting') * 1_000,
      cpu_per_idle_display_us_per_s: each('idling') * 1_000,
    };
  },
  aims: [
    {
      what: 'memory of a display',
      of: ['ticketrail', 'memory_per_display_kb'],
      than: ['ws-full', 'memory_per_display_kb'],
      bound: { atMost: 1.5 },
    },
    {
      what: 'CPU time to connect',
      of: ['ticketrail', 'cpu_per_connect_us'],
      than: ['ws-full', 'cpu_per_connect_us'],
      bound: { atMost: 2 },
    },
  ],
  profiled: ['ticketrail'],
};
