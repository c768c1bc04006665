import { setTimeout as sleep } from 'node:timers/promises';
import type { LightSocket } from '../clients/light-socket.ts';
import { startSubject } from '../subjects/start-subject.ts';
import type { Subject, SubjectStore } from '../subjects/subject.ts';
import { spread } from '../support.ts';
import type { Part } from './load.ts';
import { nextOrder } from './send-orders.ts';

/** A turn of {@link killedNode} and {@link stoppedNode}. */
export interface LostNodeTurn {
  /** Longest wait of each sender between two answers after the signal, ms. */
  waited: number[];
  /** Longest wait of the display that was connected there between two new orders, ms. */
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

const WHAT = `one store, ${IN_FLIGHT} orders always under way at both, with Redis and while Redis is away. Whoever has no answer sends the order again, with the same external id, to the node that is left, and the display that was connected there connects to the other.`;

/** G: `kill -9` of one of two nodes while orders come in. */
export const killedNode: Part<LostNodeTurn> = {
  title: 'A node is killed',
  what: `One of two nodes on one PostgreSQL database gets SIGKILL; ${WHAT}`,
  subjects: ['postgres-2', 'postgres-2-away'],
  rounds: 3,
  turns: 1,
  start: startSubject,
  begin: async (subject) => () => takeTurn(subject, 'SIGKILL'),
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

/** G: the same with an orderly stop, as in an upgrade. */
export const stoppedNode: Part<LostNodeTurn> = {
  ...killedNode,
  title: 'A node is stopped',
  what: `One of two nodes on one PostgreSQL database gets SIGTERM, as in an upgrade, and is served for a second more; ${WHAT} No proxy asks \`/ready\`, so orders go to both until the port is closed.`,
  begin: async (subject) => () => takeTurn(subject, 'SIGTERM'),
};

async function takeTurn(subject: Subject, signal: 'SIGKILL' | 'SIGTERM'): Promise<LostNodeTurn> {
  const store = await subject.addStore(2);
  const display = await followThroughout(store);
  const sender = sendThroughout(store);
  await sleep(BEFORE_MS);
  const goneAt = performance.now();
  await subject.end(1, signal);
  await sleep(AFTER_MS);
  const { accepted, again, answeredAt } = await sender.stop();
  const waited = answeredAt.map((times) => longestWait(times, goneAt));
  const displayWaited = longestWait(display.heardAt, goneAt);
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
}

/** ms between two of these times, of which the later one is after the signal. */
function longestWait(times: readonly number[], goneAt: number): number {
  const waits = times.flatMap((at, i) => (at > goneAt && i > 0 ? [at - (times[i - 1] ?? at)] : []));
  return waits.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...waits);
}

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
  const heardAt: number[] = [];
  let highest = 0;
  let socket: LightSocket;
  const onChanges = (from: number, to: number) => {
    for (let seq = from + 1; seq <= to; seq++) seen.add(seq);
    // After it has connected again, it gets everything again.
    if (to > highest) heardAt.push(performance.now());
    highest = Math.max(highest, to);
  };
  async function back(): Promise<void> {
    for (;;) {
      const next = await store.connect(0, onChanges).catch(() => null);
      if (next) {
        socket = next;
        return;
      }
      await sleep(RETRY_MS);
    }
  }
  socket = await store.connect(1, onChanges, () => void back());
  return {
    /** When it got new orders. */
    heardAt,
    async all(last: number): Promise<ReadonlySet<number>> {
      const end = performance.now() + LOST_AFTER_MS;
      while (!seen.has(last) && performance.now() < end) await sleep(RETRY_MS);
      socket.close();
      return seen;
    },
  };
}
