import type { Order } from '#contract/order.ts';
import type { Api } from '#test/support/api.ts';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import type { CrashRecord } from './record.ts';

/** Repeats a call until it is answered, as a web shop would. */
const AGAIN_AFTER_MS = 200;
const MEAN_GAP_MS = 150;
/** With this many open orders the shop pauses; a kitchen has no more. */
const OPEN_AT_MOST = 60;
const DISHES = ['Khinkali', 'Lobio', 'ต้มยำ', 'Badrijani'];

export interface ShopOptions {
  /** The number of open orders that the displays show. */
  openCount(): number;
  /** A try without an answer may be carried out after a later one was refused. */
  actsLate: boolean;
  dishes?: readonly string[] | undefined;
}

/**
 * A web shop that places, notes and cancels orders, and records the answers.
 *
 */
export function startShopLoad(
  api: Api,
  record: CrashRecord,
  random: Random,
  { openCount, actsLate, dishes = DISHES }: ShopOptions,
) {
  const ids: string[] = [];
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let count = 0;

  /** Repeats a call until there is a real answer, not one of a server that is dying or not ready. */
  async function insist(method: string, path: string, body: unknown, key: string, onTry: () => void = () => undefined) {
    for (;;) {
      onTry();
      const answer = await api<Order>(method, path, { body, headers: { 'idempotency-key': key } }).catch(() => null);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      await sleep(AGAIN_AFTER_MS);
    }
  }

  async function place(mark: string): Promise<void> {
    const entry = { id: null as string | null, tries: 0 };
    record.orders.set(mark, entry);
    const answer = await insist('POST', '/orders', draft(mark, random, dishes), mark, () => (entry.tries += 1));
    if (answer.status > 201) throw new Error(`POST /orders: ${answer.status} ${JSON.stringify(answer.body)}`);
    entry.id = answer.body.id;
    ids.push(answer.body.id);
  }

  async function change(kind: 'note' | 'cancel', orderId: string, mark: string): Promise<void> {
    const entry: CrashRecord['changes'][number] = { kind, orderId, mark, outcome: 'unknown' };
    record.changes.push(entry);
    let tries = 0;
    const onTry = () => (tries += 1);
    const answer =
      kind === 'note'
        ? await insist('PATCH', `/orders/${orderId}`, { note: mark }, mark, onTry)
        : await insist('POST', `/orders/${orderId}/status`, { status: 'cancelled', reason: mark }, mark, onTry);
    if (answer.status === 200) entry.outcome = 'acknowledged';
    else if (tries === 1 || !actsLate) entry.outcome = 'refused';
  }

  function act(): Promise<void> | null {
    const mark = `load-${++count}`;
    const recent = ids.slice(-40);
    const kind = random.next();
    if (recent.length > 0 && kind < 0.2) return change('note', random.pick(recent), mark);
    if (recent.length > 0 && kind < 0.28) {
      // Cancel each at most once: repeating it is answered 200 without a change.
      const [orderId = ''] = ids.splice(ids.indexOf(random.pick(recent)), 1);
      return change('cancel', orderId, mark);
    }
    return openCount() < OPEN_AT_MOST ? place(mark) : null;
  }

  const running = (async () => {
    while (!stopped) {
      const work = act();
      if (work) {
        underWay.add(work);
        void work.finally(() => underWay.delete(work)).catch(() => undefined);
      }
      await sleep(random.gap(MEAN_GAP_MS));
    }
  })();

  return {
    /** Stops placing orders, and resolves when everything is answered. */
    async stop(): Promise<void> {
      stopped = true;
      await running;
      await Promise.all(underWay);
    },
  };
}

function draft(externalId: string, random: Random, dishes: readonly string[]) {
  const fulfilment = random.pick(['pickup', 'delivery', 'dine_in'] as const);
  const items = dishes.slice(0, random.int(1, 4));
  return {
    externalId,
    fulfilment,
    items: items.map((name) => ({ name, quantity: random.int(1, 4) })),
    currency: 'GEL',
    totalMinor: random.int(500, 9_000),
  };
}
