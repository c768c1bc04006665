import { join } from 'node:path';
import type { BridgeHost, CallInput, PushName } from '#contract/bridge.ts';
import { decide } from '#contract/decide.ts';
import { ok } from '#contract/errors.ts';
import { type Order, OrderDraft } from '#contract/order.ts';
import type { Ticket } from '#contract/ticket.ts';
import { aStatus } from '#renderer/testing/manual-bridge.ts';
import { newOrder } from '#server/orders/new-order.ts';
import { makeOrder } from '../../scripts/feed/make-order.ts';
import { createRandom } from '../../scripts/feed/random.ts';
import { serveScreen } from '../../scripts/pack/serve-screen.ts';
import { atRate } from '../clients/at-rate.ts';
import { onCleanUp } from '../support.ts';
import type { Work } from './work-the-board.ts';

const MINUTE_MS = 60_000;
/** As the core does: at most one patch per frame, and at most this many closed tickets on the board. */
const FRAME_MS = 16;
const MOST_CLOSED = 50;
const STATUS_EVERY_MS = 1_000;
/** How long a tap is pending, as until a server near by has answered it. */
const ANSWERED_MS = 20;

/** Serves the built screen over the real bridge with orders in memory: no server, disk or network, so only the page is measured. */
export async function feedPage(open: number): Promise<{
  address: string;
  work(changesPerSecond: number, seconds: number): Promise<Work>;
  close(): Promise<void>;
}> {
  const tickets = new Map<string, Ticket>();
  const listeners = new Set<(name: PushName, payload: never) => void>();
  const dirty = new Set<string>();
  const closed: string[] = [];
  let n = 1;
  let made = 0;
  const random = createRandom(1);
  const status = () => {
    const now = Date.now();
    return aStatus({ link: { state: 'live', since: 0, cause: null, lastWordAt: now }, serverNow: now });
  };
  const push = (name: PushName, payload: unknown) =>
    listeners.forEach((listener) => void listener(name, payload as never));

  function set(order: Order, pending = false): void {
    const ageFrom = Date.parse(order.placedAt);
    const ages = { warningAt: ageFrom + 5 * MINUTE_MS, lateAt: ageFrom + 10 * MINUTE_MS };
    tickets.set(order.id, { order, pending, ageFrom, ...ages, marks: null, ended: null });
    dirty.add(order.id);
  }
  function answer(id: string): void {
    const order = tickets.get(id)?.order;
    if (order) set(order);
  }
  function change(id: string | undefined, to: Partial<Order>): void {
    const order = id === undefined ? undefined : tickets.get(id)?.order;
    if (!order) return;
    const at = new Date().toISOString();
    const moved = to.status ? { statusSince: at } : {};
    set({ ...order, ...moved, ...to, updatedAt: at, version: order.version + 1, seq: order.seq + 1 });
  }
  function place(): string {
    made += 1;
    const now = Date.now();
    // Placed over the last hour, so that all ages are on the board.
    const draft = OrderDraft.parse(makeOrder(random, now, 'preparing', (made % 60) * MINUTE_MS));
    const identity = { id: `bench-${made}`, storeId: 'main', number: String(made), at: draft.placedAt ?? '' };
    const plain = { ...draft, fulfilment: 'pickup' as const, dueAt: undefined, priority: false };
    set({ ...newOrder(plain, identity), seq: made });
    return identity.id;
  }
  function pushChanges(): void {
    if (dirty.size === 0) return;
    const removes = closed.splice(0, Math.max(0, closed.length - MOST_CLOSED));
    for (const id of removes) tickets.delete(id);
    const upserts = [...dirty].map((id) => tickets.get(id)).filter((ticket) => ticket !== undefined);
    dirty.clear();
    push('board', { n: ++n, upserts, removes });
  }

  const page: BridgeHost = {
    async call(name, input) {
      if (name === 'getBoard') return ok({ n, loaded: true, tickets: [...tickets.values()] });
      if (name === 'getStatus') return ok(status());
      if (name === 'command') {
        const { orderId, intent } = input as CallInput<'command'>;
        const order = tickets.get(orderId)?.order;
        const now = Date.now();
        const decision = decide(order, intent, { now, issuedAt: now, baseVersion: order?.version ?? 0, by: 'Bench' });
        if (decision.outcome === 'applied') set(decision.order, true);
        pushChanges();
        setTimeout(() => answer(orderId), ANSWERED_MS);
      }
      return ok({ commandId: '', undo: null });
    },
    onPush(listener) {
      listeners.add(listener as never);
      return () => listeners.delete(listener as never);
    },
  };

  const preparing = Array.from({ length: open }, place);
  const ready = preparing.splice(0, Math.floor(open / 4));
  for (const id of ready) change(id, { status: 'ready' });
  dirty.clear();
  const turnTo = (turn: number): void => {
    if (turn % 5 === 0) preparing.push(place());
    else if (turn % 5 === 1) {
      const id = preparing.shift();
      change(id, { status: 'ready' });
      if (id) ready.push(id);
    } else if (turn % 5 === 2) {
      const id = ready.shift();
      change(id, { status: 'completed' });
      if (id) closed.push(id);
    } else
      change(preparing[(turn * 7) % preparing.length], {
        payment: { status: turn % 2 ? 'paid' : 'unpaid', method: null },
      });
  };

  const screen = await serveScreen(join(import.meta.dirname, '../..'), page);
  const statuses = setInterval(() => push('status', status()), STATUS_EVERY_MS);
  const frames = setInterval(pushChanges, FRAME_MS);
  async function close(): Promise<void> {
    clearInterval(statuses);
    clearInterval(frames);
    await screen.close();
  }
  onCleanUp(close);

  return {
    address: screen.address,
    close,
    async work(changesPerSecond, seconds) {
      const begin = performance.now();
      const { length: changes } = await atRate(changesPerSecond, changesPerSecond * seconds, turnTo);
      return { changes, seconds: (performance.now() - begin) / 1_000 };
    },
  };
}
