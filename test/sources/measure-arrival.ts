import type { MadeSource } from '#contract/source.ts';
import type { FakeService } from '#server/sources/testing/fake-service.ts';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import type { FollowedOrders } from './follow-orders.ts';

/** Until a display has the order, ms. */
export interface Arrival {
  /** After its webhook was sent. */
  rung: number[];
  /** After it was placed, where no webhook came; [] for a kind that is not pulled. */
  silent: number[];
}

export interface ArrivalOptions {
  fake: FakeService;
  source: MadeSource;
  display: FollowedOrders;
  random: Random;
  /** Number of the first order. */
  from: number;
  rung: number;
  silent: number;
}

export async function measureArrival(options: ArrivalOptions): Promise<Arrival> {
  const { fake, source, display, random, from } = options;
  const shown = (order: number) =>
    until(`order ${order} is shown`, () => display.seenAt.get(`${fake.kind}:${fake.idOf(order)}`), 60_000, 5);
  const rung: number[] = [];
  for (let order = from; order < from + options.rung; order++) {
    await sleep(random.int(0, 400));
    fake.place(order);
    const { headers, body } = fake.delivery(order, source);
    const at = performance.now();
    await fetch(source.eventsUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    rung.push((await shown(order)) - at);
  }
  const first = from + options.rung;
  const placedAt: number[] = [];
  for (let order = first; order < first + options.silent; order++) {
    await sleep(random.int(0, 2_000));
    placedAt.push(performance.now());
    fake.place(order);
  }
  const silent = await Promise.all(placedAt.map(async (at, index) => (await shown(first + index)) - at));
  return { rung, silent };
}
