import { startSubject } from '../subjects/start-subject.ts';
import { spread } from '../support.ts';
import { startCrowd } from './fan-out.ts';
import type { Part } from './load.ts';
import { sendAtRate } from './send-orders.ts';

/** The last step of a ramp that was still in time. */
export interface RampTurn {
  deliveriesPerSecond: number;
  p99: number;
  cpuPerDelivery: number;
  /** CPU time of the process that sends and receives, as a share of the time: near 1 it is the limit itself. */
  generatorBusy: number;
}

const IN_TIME_MS = 250;
const STEP_SECONDS = 1;
const FIRST_RATE = 60;
const LEAST_RATE = 1;
/** From step to step; smaller once the limit is known roughly. */
const COARSE = 1.5;
const FINE = 1.2;
/** Changes may take so long until a step counts as failed, ms. */
const GIVE_UP_MS = 6_000;
/** Before the next step, what the failed one has left must have arrived, ms. */
const DRAINED_MS = 30_000;
/** A step that fails is tried so often: something else may have been running. */
const TRIES = 2;

/** B: the highest rate. */
export const fanOutRamp: Part<RampTurn> = {
  title: 'Fan-out, the highest rate',
  what: `The same store. Changes come at a rate that grows in steps of ${STEP_SECONDS} s as long as 99 % of them arrive within ${IN_TIME_MS} ms. Each change counts once for each display.`,
  subjects: ['ticketrail', 'ws-full', 'socket-io'],
  rounds: 3,
  turns: 1,
  start: startSubject,
  async begin(subject) {
    const { arrivals, change } = await startCrowd(subject);
    let known = 0;

    async function step(rate: number): Promise<RampTurn | null> {
      const generator = process.cpuUsage();
      const begin = performance.now();
      let delays: number[] = [];
      let seconds = 0;
      let last = 0;
      let isComplete = false;
      const cpu = await subject.during(async () => {
        const sent = await sendAtRate(rate, STEP_SECONDS, change);
        last = sent.last;
        isComplete = await arrivals.haveAll(last, GIVE_UP_MS);
        seconds = (performance.now() - begin) / 1_000;
        delays = arrivals.takeDelays(sent.sentAt);
      });
      const { user, system } = process.cpuUsage(generator);
      const { p99, n } = spread(delays);
      if (!isComplete || p99 >= IN_TIME_MS) {
        await arrivals.haveAll(last, DRAINED_MS);
        return null;
      }
      return {
        deliveriesPerSecond: n / seconds,
        p99,
        cpuPerDelivery: (1_000 * cpu) / n,
        generatorBusy: (user + system) / 1e6 / seconds,
      };
    }

    return async () => {
      const factor = known === 0 ? COARSE : FINE;
      let rate = known === 0 ? FIRST_RATE : known / FINE ** 2;
      let best: RampTurn | null = null;
      for (let failed = 0; failed < TRIES || (!best && rate > LEAST_RATE); ) {
        const taken = await step(rate);
        failed = taken ? 0 : failed + 1;
        if (taken) {
          best = taken;
          known = rate;
          rate *= factor;
        } else if (!best) rate /= 2;
      }
      if (!best) throw new Error(`not in time at ${LEAST_RATE} changes a second`);
      return best;
    };
  },
  figuresOf([turn]) {
    return {
      deliveries_per_second: turn?.deliveriesPerSecond ?? 0,
      delivered_p99_ms: turn?.p99 ?? 0,
      cpu_per_delivery_us: turn?.cpuPerDelivery ?? 0,
      generator_busy_share: turn?.generatorBusy ?? 0,
    };
  },
  aims: [
    {
      what: 'deliveries a second',
      of: ['ticketrail', 'deliveries_per_second'],
      than: ['ws-full', 'deliveries_per_second'],
      bound: { atLeast: 4 },
    },
  ],
  profiled: ['ticketrail'],
};
