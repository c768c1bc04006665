import { setTimeout as sleep } from 'node:timers/promises';
import type { LightSocket } from '../clients/light-socket.ts';
import type { SubjectStore } from '../subjects/subject.ts';
import { spread } from '../support.ts';
import type { Part } from './load.ts';
import { nextOrder } from './send-orders.ts';

/** A turn of {@link killedNode}. */
export interface KilledNodeTurn {
  /** ms from the kill until each sender has an answer for the order that was under way, or for its next one. */
  waited: number[];
  /** ms from the kill until the display that was connected there has all orders again. */
  displayWaited: number;
  accepted: number;
  /** Orders sent again, because the connection ended before their answer. */
  again: number;
  /** Accepted orders that did not arrive at the display, and changes that did not come from an order. */
  missing: number;
  tooMany: number;
}

const IN_FLIGHT = 16;
const BEFORE_MS = 2_000;
const AFTER_MS = 4_000;
const RETRY_MS = 50;
const LOST_AFTER_MS = 10_000;

/** G: `kill -9` of one of two nodes while orders come in. */
export const killedNode: Part<KilledNodeTurn> = {
  title: 'A node is killed',
  what: `Two nodes on one PostgreSQL database, one store, ${IN_FLIGHT} orders always under way at both. One node gets SIGKILL; whoever has no answer sends the order again, with the same external id, to the node that is left, and the display that was connected there connects to the other.`,
  subjects: ['postgres-2'],
  rounds: 3,
  turns: 1,
  async begin(start) {
    const subject = await start();
    return async () => {
      const store = await subject.addStore(2);
      const display = await followThroughout(store);
      const sender = sendThroughout(store);
      await sleep(BEFORE_MS);
      const killedAt = performance.now();
      await subject.kill(1);
      await sleep(AFTER_MS);
      const { accepted, again, answeredAt } = await sender.stop();
      const waited = answeredAt.map(
        (times) => (times.find((at) => at > killedAt) ?? Number.POSITIVE_INFINITY) - killedAt,
      );
      const displayWaited = (await display.caughtUpAt(killedAt)) - killedAt;
      const seen = await display.all(Math.max(...accepted));
      await subject.restart();
      return {
        waited,
        displayWaited,
        accepted: accepted.size,
        again,
        missing: [...accepted].filter((seq) => !seen.has(seq)).length,
        tooMany: seen.size - accepted.size,
      };
    };
  },
  figuresOf(turns) {
    const sum = (of: 'accepted' | 'again' | 'missing' | 'tooMany') => turns.reduce((all, turn) => all + turn[of], 0);
    const waited = spread(turns.flatMap((turn) => turn.waited));
    return {
      sender_waited_p50_ms: waited.p50,
      sender_waited_most_ms: waited.max,
      display_waited_ms: spread(turns.map((turn) => turn.displayWaited)).p50,
      orders: sum('accepted'),
      orders_sent_again: sum('again'),
      orders_lost: sum('missing'),
      orders_twice: sum('tooMany'),
    };
  },
  aims: [],
  profiled: [],
};

/** Senders that never give an order up. */
function sendThroughout(store: SubjectStore) {
  const accepted = new Set<number>();
  const answeredAt: number[][] = [];
  let again = 0;
  let running = true;
  async function send(times: number[]): Promise<void> {
    while (running) {
      const order = nextOrder();
      for (;;) {
        const answer = await store.order(order).catch(() => null);
        if (answer) {
          accepted.add(answer.seq);
          break;
        }
        again++;
        await sleep(RETRY_MS);
      }
      times.push(performance.now());
    }
  }
  const senders = Array.from({ length: IN_FLIGHT }, () => {
    const times: number[] = [];
    answeredAt.push(times);
    return send(times);
  });
  return {
    async stop() {
      running = false;
      await Promise.all(senders);
      return { accepted, again, answeredAt };
    },
  };
}

/** A display at the node that is killed; it connects to the other one with the first try that works. */
async function followThroughout(store: SubjectStore) {
  const seen = new Set<number>();
  const heardAt: { at: number; to: number }[] = [];
  let backAt = Number.POSITIVE_INFINITY;
  let socket: LightSocket;
  const onChanges = (from: number, to: number) => {
    for (let seq = from + 1; seq <= to; seq++) seen.add(seq);
    heardAt.push({ at: performance.now(), to });
  };
  async function back(): Promise<void> {
    for (;;) {
      const next = await store.connect(0, onChanges).catch(() => null);
      if (next) {
        socket = next;
        backAt = performance.now();
        return;
      }
      await sleep(RETRY_MS);
    }
  }
  socket = await store.connect(1, onChanges, () => void back());
  return {
    /** When it had everything again that it had before. */
    async caughtUpAt(killedAt: number): Promise<number> {
      const before = Math.max(0, ...heardAt.filter(({ at }) => at <= killedAt).map(({ to }) => to));
      const after = heardAt.find(({ at, to }) => at >= backAt && to > before);
      return after?.at ?? Number.POSITIVE_INFINITY;
    },
    async all(last: number): Promise<ReadonlySet<number>> {
      const end = performance.now() + LOST_AFTER_MS;
      while (!seen.has(last) && performance.now() < end) await sleep(RETRY_MS);
      socket.close();
      return seen;
    },
  };
}
