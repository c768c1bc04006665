import type { MadeSource } from '#contract/source.ts';
import type { Delivery, FakeService } from '#server/sources/testing/fake-service.ts';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';

/** What the service has in the end. */
export interface Placed {
  order: number;
  /** Who decides what becomes of it: the other side leaves it alone. */
  by: 'shop' | 'kitchen';
  /** The last note that the guest wrote; null: the first one. */
  note: string | null;
  isCancelled: boolean;
  /** A cart that never became an order. */
  isDraft: boolean;
}

export interface ShopLoad {
  placed: ReadonlyMap<number, Placed>;
  webhooks: { sent: number; lost: number; forged: number; forgedTaken: number };
  /** Resolves when every webhook was sent that the service sends. */
  sent(): Promise<void>;
}

/** Webhooks of a service that sends them once. */
const LOST = 0.2;
/** Answers in place of those of the service. */
const TROUBLE: [status: number, headers: Record<string, string>][] = [
  [429, { 'retry-after': '1' }],
  [500, {}],
  [503, {}],
];

export interface LoadOptions {
  fake: FakeService;
  source: MadeSource;
  orders: number;
  /** Between two orders on average, ms. */
  paceMs: number;
  random: Random;
  /** Gets the `externalId` of each order that the kitchen decides on, before it is placed. */
  isOurs: Set<string>;
  onOrder(order: number): Promise<void>;
}

/** Places, changes and cancels orders in a service, which rings late, twice, out of order, forged or not at all, and fails now and then. */
export async function runShopLoad({
  fake,
  source,
  orders,
  paceMs,
  random,
  isOurs,
  onOrder,
}: LoadOptions): Promise<ShopLoad> {
  const placed = new Map<number, Placed>();
  const webhooks = { sent: 0, lost: 0, forged: 0, forgedTaken: 0 };
  const sending = new Set<Promise<void>>();

  async function post({ headers, body }: Delivery): Promise<number | null> {
    const all = { 'content-type': 'application/json', ...headers };
    const signal = AbortSignal.timeout(10_000);
    return fetch(source.eventsUrl, { method: 'POST', headers: all, body, signal })
      .then((answer) => answer.arrayBuffer().then(() => answer.status))
      .catch(() => null);
  }

  /** As its sender does: until it is answered, or once. */
  async function send(delivery: Delivery, afterMs: number): Promise<void> {
    await sleep(afterMs);
    for (;;) {
      const status = await post(delivery);
      if (!fake.repeatsWebhooks || (status !== null && status < 300)) return;
      await sleep(300);
    }
  }

  function track(job: Promise<void>): void {
    sending.add(job);
    void job.finally(() => sending.delete(job));
  }

  /** The webhook of an order as it is now. */
  function ring(order: number): void {
    const delivery = fake.delivery(order, source);
    if (random.chance(0.05)) {
      webhooks.forged += 1;
      const forged = { headers: delivery.headers, body: Buffer.concat([delivery.body, Buffer.from(' ')]) };
      track(
        post(forged).then((status) => {
          if (status === 200) webhooks.forgedTaken += 1;
        }),
      );
    }
    if (!fake.repeatsWebhooks && random.chance(LOST)) {
      webhooks.lost += 1;
      return;
    }
    const times = random.chance(0.2) ? 3 : 1;
    webhooks.sent += times;
    for (let time = 0; time < times; time++) track(send(delivery, random.chance(0.2) ? random.int(200, 3_000) : 0));
  }

  for (let order = 1; order <= orders; order++) {
    await sleep(random.gap(paceMs));
    const isDraft = fake.draft !== null && random.chance(0.05);
    const by = random.chance(0.4) ? 'kitchen' : 'shop';
    if (by === 'kitchen') isOurs.add(`${fake.kind}:${fake.idOf(order)}`);
    placed.set(order, { order, by, note: null, isCancelled: false, isDraft });
    if (fake.draft && (isDraft || random.chance(0.1))) {
      fake.draft(order);
      ring(order);
    }
    if (!isDraft) fake.place(order);
    ring(order);
    if (random.chance(0.4)) {
      const other = placed.get(random.int(Math.max(1, order - 50), order));
      if (other?.by === 'shop' && !other.isCancelled && !other.isDraft) {
        if (random.chance(0.2)) {
          fake.cancel(other.order);
          other.isCancelled = true;
        } else {
          other.note = `note ${order} of ${other.order}`;
          fake.change(other.order, other.note);
        }
        ring(other.order);
      }
    }
    if (random.chance(0.03)) fake.answerNext(...random.pick(TROUBLE));
    await onOrder(order);
  }
  return {
    placed,
    webhooks,
    async sent() {
      while (sending.size > 0) await Promise.all(sending);
    },
  };
}
