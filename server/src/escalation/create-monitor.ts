import type { Kysely } from 'kysely';
import { ESCALATION_KINDS, type Escalation, type EscalationKind } from '#contract/admin.ts';
import type { Store } from '#contract/store.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { LogEntry } from '../log/entry.ts';
import type { ReceiptBook } from '../receipts/receipts.ts';
import { createDeadlines } from './deadlines.ts';
import { raise, resolve, unresolvedEscalations } from './escalation-rows.ts';
import { type Facts, judge } from './evaluate.ts';
import { createOpenOnes } from './open-escalations.ts';
import { ordersToWatch } from './orders-to-watch.ts';
import { type WatchedOrder, watchGone, watchOrder } from './watched-order.ts';

/** Written in one look at most: after a rush that nobody saw, the shop's own writes still come first. */
const AT_ONCE = 200;

export interface WatchParts {
  db: Kysely<Tables>;
  door: WriteQueue;
  receipts: ReceiptBook;
  /** Told of each when it is raised, and again when it is resolved; must not throw. */
  onChange(escalation: Escalation): void;
  /** ms since 1970. */
  now(): number;
  /** ms on a clock that never jumps: by it orders age. */
  elapsed(): number;
}

export interface Watch {
  /** What was committed, in order. */
  committed(entries: readonly LogEntry[]): void;
  /** Raises and resolves what is due. Once a second; what the database refuses is tried again. */
  look(): Promise<void>;
  open(): Record<EscalationKind, number>;
}

/** What one look found: to be raised (`escalation` null), or to be resolved. */
interface Finding {
  order: WatchedOrder;
  kind: EscalationKind;
  escalation: Escalation | null;
}

/**
 * Watches over what the shop must not miss (judge.ts says what). Nothing is scanned: an order is looked at when it came,
 * when one of its deadlines passes, and with every look once something was raised. What was
 * raised is in the database and the rest follows from the orders, so a restart goes on where it was.
 */
export async function createMonitor(parts: WatchParts): Promise<Watch> {
  const { db, door, receipts, onChange, now, elapsed } = parts;
  const orders = new Map<string, WatchedOrder>();
  const deadlines = createDeadlines(elapsed());
  const open = createOpenOnes();
  /** Orders to be looked at next, whatever their deadlines. */
  const touched = new Set<string>();

  await goOn();

  /** After a start: from what is in the database. */
  async function goOn(): Promise<void> {
    const escalations = await unresolvedEscalations(db);
    for (const { order, seq } of await ordersToWatch(db, escalations, receipts.furthest)) {
      const age = Math.max(0, now() - Date.parse(order.createdAt));
      watch(watchOrder(order, seq, elapsed() - age, ['undelivered', 'unacknowledged']));
    }
    for (const escalation of escalations) {
      const order = orders.get(escalation.orderId) ?? watchGone(escalation);
      order.cases.set(escalation.kind, escalation);
      open.add(escalation);
      watch(order);
    }
  }

  function watch(order: WatchedOrder): void {
    orders.set(order.orderId, order);
    touched.add(order.orderId);
  }

  async function look(): Promise<void> {
    for (const orderId of deadlines.take(elapsed())) touched.add(orderId);
    for (const { orderId } of open.all()) touched.add(orderId);
    const due = [...touched].flatMap((orderId) => orders.get(orderId) ?? []);
    touched.clear();
    try {
      await settle(due);
    } catch (error) {
      for (const order of due) touched.add(order.orderId);
      throw error;
    }
  }

  async function settle(due: readonly WatchedOrder[]): Promise<void> {
    const limits = await limitsOf(due);
    const findings = due.flatMap((order) => judged(order, limits.get(order.storeId) ?? 0));
    if (findings.length === 0) return;
    for (const { order } of findings.slice(AT_ONCE)) touched.add(order.orderId);
    for (const { order, kind, escalation } of await written(findings.slice(0, AT_ONCE))) {
      if (escalation && escalation.resolvedAt === null) {
        order.cases.set(kind, escalation);
        open.add(escalation);
      } else {
        order.cases.delete(kind);
        if (escalation) open.remove(escalation);
      }
      letGo(order);
      if (escalation) onChange(escalation);
    }
  }

  /** What has to be written of this order; the rest of its cases is settled, or gets a deadline. */
  function judged(order: WatchedOrder, acknowledgeWithinMs: number): Finding[] {
    const findings: Finding[] = [];
    const facts: Facts = {
      status: order.status,
      acknowledged: order.acknowledged,
      ageMs: elapsed() - order.cameAt,
      onDisk: receipts.furthest(order.storeId) >= order.seq,
      darkMs: receipts.darkFor(order.storeId),
      acknowledgeWithinMs,
    };
    for (const [kind, state] of order.cases) {
      const verdict = judge(kind, facts);
      if (state !== 'waiting') {
        if (verdict === 'fine') findings.push({ order, kind, escalation: state });
      } else if (verdict === 'wrong') findings.push({ order, kind, escalation: null });
      else if (verdict === 'fine') order.cases.delete(kind);
      else deadlines.add(order.orderId, elapsed() + verdict.wrongInMs);
    }
    letGo(order);
    return findings;
  }

  /** The findings as they stand in the database afterwards; null: it was raised before, and that happens once only. */
  async function written(findings: readonly Finding[]): Promise<Finding[]> {
    const at = new Date(now()).toISOString();
    return door.write(async (write) => {
      const after: Finding[] = [];
      const dark = new Set<string>();
      for (const { order, kind, escalation } of findings) {
        const { storeId, orderId, number: orderNumber } = order;
        // One for a whole time without displays, however many orders come in it.
        const told = kind === 'no_display' && (dark.has(storeId) || open.of(storeId).some((one) => one.kind === kind));
        if (escalation) after.push({ order, kind, escalation: await resolve(write, escalation, at) });
        else if (told) after.push({ order, kind, escalation: null });
        else after.push({ order, kind, escalation: await raise(write, { storeId, kind, orderId, orderNumber, at }) });
        if (kind === 'no_display') dark.add(storeId);
      }
      return after;
    });
  }

  /** ms within which an order has to be acknowledged, by store; asked for each time, since a store may change it. */
  async function limitsOf(due: readonly WatchedOrder[]): Promise<Map<string, number>> {
    const ids = [...new Set(due.map(({ storeId }) => storeId))];
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom('stores').select(['id', 'settings']).where('id', 'in', ids).execute();
    const limit = (settings: string) => (JSON.parse(settings) as Store['settings']).acknowledgeWithinSeconds * 1_000;
    return new Map(rows.map(({ id, settings }) => [id, limit(settings)]));
  }

  function letGo({ orderId, cases }: WatchedOrder): void {
    if (cases.size === 0) orders.delete(orderId);
  }

  return {
    committed(entries) {
      for (const { change } of entries) {
        const known = orders.get(change.orderId);
        if (known) {
          known.status = change.order?.status ?? null;
          known.acknowledged = Boolean(change.order?.acknowledgedAt);
          touched.add(change.orderId);
        } else if (change.type === 'order_created' && change.order)
          watch(watchOrder(change.order, change.seq, elapsed(), ESCALATION_KINDS));
      }
    },
    look,
    open: open.count,
  };
}
