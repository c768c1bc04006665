import { type Arrivals, createArrivals } from '../clients/arrivals.ts';
import { startSubject } from '../subjects/start-subject.ts';
import type { SubjectStore } from '../subjects/subject.ts';
import { spread } from '../support.ts';
import type { Part } from './load.ts';
import { nextOrder, sendInFlight } from './send-orders.ts';

/** A turn of {@link ingest}. */
export interface IngestTurn {
  /** ms until an order was answered, which is once it is durable. */
  answered: number[];
  seconds: number;
  cpu: number;
}

const IN_FLIGHT = 32;
const STORES = 20;
const SECONDS = 1.5;
const WARM_UP_SECONDS = 3;
const LOST_AFTER_MS = 10_000;

/** C: as many orders as it takes. */
export const ingest: Part<IngestTurn> = {
  title: 'Ingest',
  what: `${STORES} stores with a display each; ${IN_FLIGHT} orders are always under way, each durable before its answer (not so with \`NORMAL\`); turns of ${SECONDS} s.`,
  subjects: ['ticketrail', 'ws-full', 'ws-normal', 'socket-io'],
  rounds: 4,
  turns: 2,
  start: startSubject,
  async begin(subject) {
    const stores: { store: SubjectStore; arrivals: Arrivals; last: number }[] = [];
    for (let i = 0; i < STORES; i++) {
      const store = await subject.addStore(1, i);
      const arrivals = createArrivals();
      await store.connect(0, arrivals.display());
      stores.push({ store, arrivals, last: 0 });
    }
    const send = async (i: number) => {
      const one = stores[i % STORES];
      if (!one) throw new Error('no store');
      const order = await one.store.order(nextOrder());
      one.last = Math.max(one.last, order.seq);
      return order;
    };
    const haveAll = async () => {
      for (const { arrivals, last } of stores) {
        if (!(await arrivals.haveAll(last, LOST_AFTER_MS))) throw new Error('an order has not arrived');
        arrivals.takeDelays(new Map());
      }
    };
    await sendInFlight(IN_FLIGHT, { seconds: WARM_UP_SECONDS }, send);
    await haveAll();

    return async () => {
      let answered: number[] = [];
      let seconds = 0;
      const cpu = await subject.during(async () => {
        const begin = performance.now();
        ({ answered } = await sendInFlight(IN_FLIGHT, { seconds: SECONDS }, send));
        seconds = (performance.now() - begin) / 1_000;
        await haveAll();
      });
      return { answered, seconds, cpu };
    };
  },
  figuresOf(turns) {
    const answered = spread(turns.flatMap((turn) => turn.answered));
    const sum = (of: 'seconds' | 'cpu') => turns.reduce((all, turn) => all + turn[of], 0);
    return {
      orders_per_second: answered.n / sum('seconds'),
      answered_p50_ms: answered.p50,
      answered_p99_ms: answered.p99,
      cpu_per_order_ms: sum('cpu') / answered.n,
    };
  },
  aims: [
    {
      what: 'orders a second',
      of: ['ticketrail', 'orders_per_second'],
      than: ['ws-full', 'orders_per_second'],
      bound: { atLeast: 2 },
    },
  ],
  profiled: ['ticketrail'],
};
