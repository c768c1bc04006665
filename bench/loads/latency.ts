import { createArrivals } from '../clients/arrivals.ts';
import { startSubject } from '../subjects/start-subject.ts';
import { spread } from '../support.ts';
import type { Part } from './load.ts';
import { nextOrder, sendAtRate, sendInFlight } from './send-orders.ts';

/** A turn of {@link latency}. */
export interface LatencyTurn {
  /** ms. */
  delivered: number[];
  answered: number[];
  cpu: number;
}

const DISPLAYS = 10;
const PER_SECOND = 50;
const SECONDS = 2;
const WARM_UP_SECONDS = 3;
/** A change that has not arrived by then is lost, ms. */
const LOST_AFTER_MS = 10_000;

/** A: a busy store. */
export const latency: Part<LatencyTurn> = {
  title: 'Latency',
  what: `One store with ${DISPLAYS} displays, ${PER_SECOND} orders a second at fixed times; turns of ${SECONDS} s. Timed from sending an order until it has arrived at each display.`,
  subjects: ['ticketrail', 'ws-full', 'ws-normal', 'socket-io'],
  rounds: 4,
  turns: 2,
  start: startSubject,
  async begin(subject) {
    const store = await subject.addStore(DISPLAYS);
    const arrivals = createArrivals();
    for (let i = 0; i < DISPLAYS; i++) await store.connect(i, arrivals.display());
    const send = () => store.order(nextOrder());
    const warmUp = await sendInFlight(8, { seconds: WARM_UP_SECONDS }, send);
    await arrivals.haveAll(warmUp.last, LOST_AFTER_MS);
    await sendAtRate(PER_SECOND, 1, send);

    return async () => {
      let turn: Omit<LatencyTurn, 'cpu'> = { delivered: [], answered: [] };
      const cpu = await subject.during(async () => {
        const { sentAt, answered, last } = await sendAtRate(PER_SECOND, SECONDS, send);
        if (!(await arrivals.haveAll(last, LOST_AFTER_MS))) throw new Error('an order has not arrived');
        turn = { delivered: arrivals.takeDelays(sentAt), answered };
      });
      return { ...turn, cpu };
    };
  },
  figuresOf(turns) {
    const delivered = spread(turns.flatMap((turn) => turn.delivered));
    const answered = spread(turns.flatMap((turn) => turn.answered));
    return {
      delivered_p50_ms: delivered.p50,
      delivered_p99_ms: delivered.p99,
      answered_p50_ms: answered.p50,
      answered_p99_ms: answered.p99,
      cpu_per_order_ms: turns.reduce((sum, { cpu }) => sum + cpu, 0) / answered.n,
    };
  },
  aims: [
    {
      what: 'time until delivered, median',
      of: ['ticketrail', 'delivered_p50_ms'],
      than: ['ws-full', 'delivered_p50_ms'],
      bound: { atMost: 1.3 },
    },
    {
      what: 'time until delivered, p99',
      of: ['ticketrail', 'delivered_p99_ms'],
      than: ['ws-full', 'delivered_p99_ms'],
      bound: { atMost: 2 },
    },
    {
      what: 'CPU time of an order',
      of: ['ticketrail', 'cpu_per_order_ms'],
      than: ['ws-full', 'cpu_per_order_ms'],
      bound: { atMost: 2 },
    },
  ],
  profiled: ['ticketrail'],
};
