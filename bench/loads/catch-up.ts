import { createArrivals } from '../clients/arrivals.ts';
import { startSubject } from '../subjects/start-subject.ts';
import type { Fetched } from '../subjects/subject.ts';
import { spread } from '../support.ts';
import type { Part } from './load.ts';
import { nextOrder, sendInFlight } from './send-orders.ts';

/** ms and bytes of one display; of many the time until the last one has all. */
interface Cost {
  ms: number;
  bytes: number;
}
/** A turn of {@link catchUp}. */
export interface CatchUpTurn {
  /** What was missed, of few orders and of many. */
  few: Cost;
  many: Cost;
  fewAtOnce: Cost;
  polled: Cost;
  everything: Cost;
  everythingAtOnce: Cost;
}

const ORDERS = 10_000;
const MISSED = 1_000;
const FEW = 50;
const AT_ONCE = 20;
const LOST_AFTER_MS = 20_000;

/** D: a display comes back. */
export const catchUp: Part<CatchUpTurn> = {
  title: 'Catching up',
  what: `A store of ${ORDERS} orders. A display has missed ${MISSED} changes of ${FEW} orders (in other rows of ${MISSED} orders): it connects and gets them, or asks for them over HTTP, or fetches everything; then ${AT_ONCE} displays do so at once. Until the last byte has arrived; what a display does with it is not included.`,
  subjects: ['ticketrail', 'ws-full', 'socket-io'],
  rounds: 3,
  turns: 1,
  start: startSubject,
  async begin(subject) {
    const store = await subject.addStore(AT_ONCE + 1);
    const ids: (string | number)[] = [];
    const filled = await sendInFlight(32, { count: ORDERS }, async () => {
      const order = await store.order(nextOrder());
      ids.push(order.id);
      return order;
    });
    // A display that is connected all the time: the server has sent everything before it is measured.
    const arrivals = createArrivals();
    await store.connect(AT_ONCE, arrivals.display());
    await arrivals.haveAll(filled.last, LOST_AFTER_MS);
    let changes = 0;

    /** Also makes what the server has ready for others stale. @returns the head after it */
    async function change(count: number, orders: number): Promise<number> {
      const { last } = await sendInFlight(8, { count }, (i) =>
        store.note(ids[i % orders] ?? '', `change ${++changes}`),
      );
      await arrivals.haveAll(last, LOST_AFTER_MS);
      arrivals.takeDelays(new Map());
      return last;
    }
    async function timed(displays: number, get: (display: number) => Promise<number>): Promise<Cost> {
      let cost = { ms: 0, bytes: 0 };
      await subject.during(async () => {
        const begin = performance.now();
        const bytes = await Promise.all(Array.from({ length: displays }, (_, display) => get(display)));
        cost = { ms: performance.now() - begin, bytes: bytes.reduce((sum, one) => sum + one, 0) / displays };
      });
      return cost;
    }
    const everything = (displays: number) =>
      timed(displays, async (display) => (await store.everything(display)).bytes);
    const missed = (from: Fetched['position'], to: number, displays: number) =>
      timed(displays, (display) => store.catchUp(display, from, to));
    const now = async () => (await store.everything(0)).position;

    async function takeTurn(): Promise<CatchUpTurn> {
      const before = await now();
      const few = await change(MISSED, FEW);
      const costs = {
        few: await missed(before, few, 1),
        polled: await timed(1, (display) => store.poll(display, before, few)),
        fewAtOnce: await missed(before, few, AT_ONCE),
      };
      const between = await now();
      const many = await missed(between, await change(MISSED, MISSED), 1);
      await change(1, 1);
      const all = await everything(1);
      await change(1, 1);
      return { ...costs, many, everything: all, everythingAtOnce: await everything(AT_ONCE) };
    }
    await takeTurn();
    return takeTurn;
  },
  figuresOf(turns) {
    const median = (of: keyof CatchUpTurn, what: keyof Cost) => spread(turns.map((turn) => turn[of][what])).p50;
    return {
      missed_ms: median('few', 'ms'),
      missed_kb: median('few', 'bytes') / 1_000,
      polled_ms: median('polled', 'ms'),
      polled_kb: median('polled', 'bytes') / 1_000,
      missed_of_1000_orders_ms: median('many', 'ms'),
      missed_of_1000_orders_kb: median('many', 'bytes') / 1_000,
      missed_20_at_once_ms: median('fewAtOnce', 'ms'),
      everything_ms: median('everything', 'ms'),
      everything_kb: median('everything', 'bytes') / 1_000,
      everything_20_at_once_ms: median('everythingAtOnce', 'ms'),
    };
  },
  aims: [
    {
      what: 'gets what was missed, of the time to fetch everything',
      of: ['ticketrail', 'missed_ms'],
      than: ['ws-full', 'everything_ms'],
      bound: { atMost: 0.1 },
    },
    {
      what: 'bytes of that, of the bytes of everything',
      of: ['ticketrail', 'missed_kb'],
      than: ['ws-full', 'everything_kb'],
      bound: { atMost: 0.05 },
    },
    {
      what: 'time of that over HTTP, without a socket',
      of: ['ticketrail', 'polled_ms'],
      than: ['ws-full', 'everything_ms'],
      bound: { atMost: 0.1 },
    },
    {
      what: 'bytes of that over HTTP',
      of: ['ticketrail', 'polled_kb'],
      than: ['ws-full', 'everything_kb'],
      bound: { atMost: 0.05 },
    },
    {
      what: '20 at once get what they missed, of 20 that fetch all',
      of: ['ticketrail', 'missed_20_at_once_ms'],
      than: ['ws-full', 'everything_20_at_once_ms'],
      bound: { atMost: 0.1 },
    },
    {
      what: 'time to fetch everything',
      of: ['ticketrail', 'everything_ms'],
      than: ['ws-full', 'everything_ms'],
      bound: { atMost: 1 },
    },
    {
      what: '20 at once fetch everything',
      of: ['ticketrail', 'everything_20_at_once_ms'],
      than: ['ws-full', 'everything_20_at_once_ms'],
      bound: { atMost: 0.2 },
    },
  ],
  profiled: ['ticketrail'],
};
