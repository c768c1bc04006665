import { type Arrivals, createArrivals } from '../clients/arrivals.ts';
import { startSubject } from '../subjects/start-subject.ts';
import type { Subject, SubjectStore } from '../subjects/subject.ts';
import { spread } from '../support.ts';
import type { Part } from './load.ts';
import { nextOrder, type Sent, sendAtRate, sendInFlight } from './send-orders.ts';

/** A store with many displays, all of them connected. */
export interface Crowd {
  arrivals: Arrivals;
  /** Sends a change of one order after the other. */
  change(i: number): ReturnType<SubjectStore['note']>;
}

const DISPLAYS = 200;
const ORDERS = 200;
const PER_SECOND = 20;
const SECONDS = 1.5;
const WARM_UP_SECONDS = 2;
const LOST_AFTER_MS = 10_000;

export async function startCrowd(subject: Subject): Promise<Crowd> {
  const store = await subject.addStore(DISPLAYS);
  const ids: (string | number)[] = [];
  await sendInFlight(8, { count: ORDERS }, async () => {
    const order = await store.order(nextOrder());
    ids.push(order.id);
    return order;
  });
  const arrivals = createArrivals();
  for (let i = 0; i < DISPLAYS; i++) await store.connect(i, arrivals.display());
  let changes = 0;
  const change = (i: number) => store.note(ids[i % ids.length] ?? '', `change ${++changes}`);
  const warmUp = await sendInFlight(4, { seconds: WARM_UP_SECONDS }, change);
  await arrivals.haveAll(warmUp.last, LOST_AFTER_MS);
  arrivals.takeDelays(new Map());
  return { arrivals, change };
}

export interface FanOutTurn {
  /** ms from sending a change until it has arrived. */
  delivered: number[];
  cpu: number;
}

/** B: many displays in one store. */
export const fanOut: Part<FanOutTurn> = {
  title: 'Fan-out',
  what: `One store with ${DISPLAYS} displays and ${ORDERS} orders, whose notes change: ${PER_SECOND} changes a second, each sent to each display with its order; turns of ${SECONDS} s.`,
  subjects: ['ticketrail', 'ws-full', 'socket-io'],
  rounds: 3,
  turns: 2,
  start: startSubject,
  async begin(subject) {
    const { arrivals, change } = await startCrowd(subject);
    return async () => {
      let sent: Sent | undefined;
      const cpu = await subject.during(async () => {
        sent = await sendAtRate(PER_SECOND, SECONDS, change);
        if (!(await arrivals.haveAll(sent.last, LOST_AFTER_MS))) throw new Error('a change has not arrived');
      });
      return { cpu, delivered: arrivals.takeDelays(sent?.sentAt ?? new Map()) };
    };
  },
  figuresOf(turns) {
    const delivered = spread(turns.flatMap((turn) => turn.delivered));
    return {
      delivered_p50_ms: delivered.p50,
      delivered_p99_ms: delivered.p99,
      cpu_per_delivery_us: (1_000 * turns.reduce((sum, { cpu }) => sum + cpu, 0)) / delivered.n,
    };
  },
  aims: [
    {
      what: 'CPU time of a delivery',
      of: ['ticketrail', 'cpu_per_delivery_us'],
      than: ['ws-full', 'cpu_per_delivery_us'],
      bound: { atMost: 1 },
    },
    {
      what: 'time until delivered, p99',
      of: ['ticketrail', 'delivered_p99_ms'],
      than: ['ws-full', 'delivered_p99_ms'],
      bound: { atMost: 1.3 },
    },
  ],
  profiled: ['ticketrail'],
};
