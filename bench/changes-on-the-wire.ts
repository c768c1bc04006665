import { gzipSync } from 'node:zlib';
import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';
import { startTicketrail } from './subjects/ticketrail.ts';
import { someOrder } from './support.ts';

const ORDERS = 200;
const ROUNDS = 200;

/** Changes as they are sent, each with its whole order, beside a form with what the change changed. */
export interface ChangesOnTheWire {
  changes: number;
  /** Bytes of a change as JSON, and in a compressed answer with all of them. */
  whole_bytes: number;
  partial_bytes: number;
  whole_gzip_bytes: number;
  partial_gzip_bytes: number;
  /** µs to write a change as JSON, and to read it; the partial one with what it is applied to. */
  whole_write_us: number;
  partial_write_us: number;
  whole_read_us: number;
  partial_read_us: number;
}

interface PartialChange extends Omit<Change, 'order'> {
  patch: Record<string, unknown> | null;
}

/** What it would save if a change carried only the fields that it changed. Orders are accepted, get a note, are made ready and completed. */
export async function changesOnTheWire(): Promise<ChangesOnTheWire> {
  const server = await startTicketrail();
  const { addDevice } = await server.addStore(0);
  const shop = await addDevice('integration');
  const at = (id: unknown) => `/orders/${id}`;
  const changes: Change[] = [];
  for (let i = 0; i < ORDERS; i++) {
    const { id } = await server.call('POST', '/orders', shop, { ...someOrder(i), fulfilment: 'pickup' });
    await server.call('POST', `${at(id)}/status`, shop, { status: 'preparing' });
    await server.call('PATCH', at(id), shop, { note: `Table ${i}` });
    await server.call('POST', `${at(id)}/status`, shop, { status: 'ready' });
    await server.call('POST', `${at(id)}/status`, shop, { status: 'completed' });
    // Each with its order, as while people work; within a batch, only the last change of an order carries it.
    const headers = { authorization: `Bearer ${shop}` };
    const history = await fetch(`${server.url(0)}/api/v1${at(id)}/history`, { headers });
    changes.push(...((await history.json()) as { changes: Change[] }).changes);
  }
  await server.stop();

  const orders = new Map<string, Order>();
  const partials = changes.map(({ order, ...change }): PartialChange => {
    const before = orders.get(change.orderId);
    if (order) orders.set(change.orderId, order);
    return { ...change, patch: order ? changedIn(before, order) : null };
  });
  const [whole, partial] = [changes, partials].map((all) => all.map((one) => JSON.stringify(one))) as [
    string[],
    string[],
  ];
  const bytes = (all: string[]) => Math.round(Buffer.byteLength(all.join('')) / all.length);
  const zipped = (all: string[]) => Math.round(gzipSync(`[${all.join()}]`).length / all.length);
  const before = changes.map(({ order }) => order);
  return {
    changes: changes.length,
    whole_bytes: bytes(whole),
    partial_bytes: bytes(partial),
    whole_gzip_bytes: zipped(whole),
    partial_gzip_bytes: zipped(partial),
    whole_write_us: timeOf(changes, (one) => JSON.stringify(one)),
    partial_write_us: timeOf(partials, (one) => JSON.stringify(one)),
    whole_read_us: timeOf(whole, (one) => JSON.parse(one)),
    partial_read_us: timeOf(partial, (one, i) => ({ ...before[i], ...JSON.parse(one).patch })),
  };
}

function changedIn(before: Order | undefined, after: Order): Record<string, unknown> {
  const fields = Object.entries(after);
  if (!before) return after;
  const was = before as unknown as Record<string, unknown>;
  return Object.fromEntries(fields.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name])));
}

/** µs for each, in the median of the rounds. */
function timeOf<T>(all: readonly T[], run: (one: T, i: number) => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    all.forEach(run);
    return ((performance.now() - begin) * 1_000) / all.length;
  });
  return Math.round((rounds.sort((a, b) => a - b)[ROUNDS / 2] ?? 0) * 100) / 100;
}
