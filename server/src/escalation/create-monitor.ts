import type { Kysely } from 'kysely';
import {
  type Escalation,
  ORDER_ESCALATION_KINDS,
  type OrderEscalation,
  type OrderEscalationKind,
} from '#contract/admin.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { changeFromRow, isWholeChange } from '../log/change-rows.ts';
import type { LogEntry } from '../log/entry.ts';
import { changesAfter } from '../log/read-log.ts';
import type { ReceiptBook } from '../receipts/receipts.ts';
import { wholeStore } from '../stores/find-store.ts';
import { settingsOf } from '../stores/store-settings.ts';
import { createDeadlines } from './deadlines.ts';
import { isOfOrder, openEscalations, raise, resolve } from './escalation-rows.ts';
import { evaluate, type Facts, OFFLINE_AFTER_MS } from './evaluate.ts';
import { deletedOrder, type MonitoredOrder, monitoredOrder } from './monitored-order.ts';
import { ordersToMonitor } from './orders-to-monitor.ts';

/** Most escalations written in one check, so that after an unseen rush the shop's own writes still come first. */
const AT_ONCE = 200;
/** Most changes of other programs taken in one check: more than an import writes in a second. */
const OTHERS_AT_ONCE = 1_000;
/** An order that is younger may have come while no display was there, ms: another server may have stopped before it said so. */
const RECENT_MS = 2 * OFFLINE_AFTER_MS;

export interface MonitorParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  receipts: ReceiptBook;
  /** Several servers use the database, of which one monitors. */
  isShared: boolean;
  /** Called for each escalation when raised, and again when resolved; must not throw. */
  onChange(escalation: Escalation): void;
  /** ms since 1970. */
  now(): number;
  /** ms on a clock that never jumps: orders age by it. */
  elapsed(): number;
}

export interface Monitor {
  /** From the next check on, this server monitors and writes through this queue. */
  begin(queue: WriteQueue): void;
  /** Another server may monitor from now on. */
  end(): void;
  /** Takes the changes of a commit, in order. */
  committed(entries: readonly LogEntry[]): void;
  /** Raises and resolves what is due. Call it once a second; failed writes are retried. */
  check(): Promise<void>;
  /** The unresolved ones. */
  open(): Iterable<OrderEscalation>;
}

/** A pending write: raise an escalation, or resolve the open one. */
interface Finding {
  order: MonitoredOrder;
  kind: OrderEscalationKind;
  isOver: boolean;
}

/**
 * Monitors what the shop must not miss (`evaluate.ts` has the rules). It scans nothing: an order is checked when it
 * arrives, changes, passes a deadline, and, while it has an escalation that a receipt resolves, in each check. Escalations
 * are in the database and the rest follows from the orders, so monitoring continues after a restart.
 */
export async function createMonitor(parts: MonitorParts): Promise<Monitor> {
  const { db, receipts, isShared, onChange, now, elapsed } = parts;
  const orders = new Map<string, MonitoredOrder>();
  let deadlines = createDeadlines(elapsed());
  /** By id. */
  const open = new Map<string, OrderEscalation>();
  /** Ids of orders to check next, regardless of deadlines. */
  const touched = new Set<string>();
  /** By store: the `seq` up to which all changes are taken. */
  const taken = new Map<string, number>();
  let { queue } = parts;
  /** Until then, commits are left to the check that loads. */
  let isLoaded = false;

  const heads = () => db.selectFrom('store_logs').select(['store_id', 'head']).execute();

  if (!isShared) await restore(0);

  /** Loads the state from before a restart, or of another server. */
  async function restore(recentMs: number): Promise<void> {
    forget();
    for (const { store_id, head } of await heads()) taken.set(store_id, head);
    const escalations = (await openEscalations(db)).filter(isOfOrder);
    for (const { order, seq } of await ordersToMonitor(db, escalations, receipts.maxAckedSeq)) {
      const age = Math.max(0, now() - Date.parse(order.createdAt));
      const kinds = age < recentMs ? ORDER_ESCALATION_KINDS : (['undelivered', 'unacknowledged'] as const);
      add(monitoredOrder(order, seq, elapsed() - age, kinds));
    }
    for (const escalation of escalations) {
      const order = orders.get(escalation.orderId) ?? deletedOrder(escalation);
      order.cases.set(escalation.kind, escalation);
      open.set(escalation.id, escalation);
      add(order);
    }
    isLoaded = true;
  }

  function forget(): void {
    isLoaded = false;
    for (const known of [orders, open, touched, taken]) known.clear();
    deadlines = createDeadlines(elapsed());
  }

  function add(order: MonitoredOrder): void {
    orders.set(order.orderId, order);
    touched.add(order.orderId);
  }

  /** Takes what another program wrote, such as an import. */
  async function takeOthers(): Promise<void> {
    for (const { store_id: storeId, head } of await heads()) {
      const after = taken.get(storeId) ?? 0;
      if (head <= after) continue;
      const rows = await changesAfter(db, storeId, after, OTHERS_AT_ONCE);
      committed(rows.filter(isWholeChange).map((row) => ({ storeId, change: changeFromRow(row) })));
      taken.set(storeId, Math.max(taken.get(storeId) ?? 0, rows.at(-1)?.seq ?? 0));
    }
  }

  async function check(): Promise<void> {
    if (!isLoaded) await restore(RECENT_MS);
    await takeOthers();
    for (const orderId of deadlines.take(elapsed())) touched.add(orderId);
    // What a receipt resolves; an acknowledgement is a change, which has touched its order.
    for (const { orderId, kind } of open.values()) if (kind !== 'unacknowledged') touched.add(orderId);
    const due = [...touched].flatMap((orderId) => orders.get(orderId) ?? []);
    touched.clear();
    try {
      await settle(due);
    } catch (error) {
      for (const order of due) touched.add(order.orderId);
      throw error;
    }
  }

  async function settle(due: readonly MonitoredOrder[]): Promise<void> {
    const limits = await limitsOf(due);
    const findings = due.flatMap((order) => findingsOf(order, limits.get(order.storeId) ?? 0));
    for (const { order } of findings.slice(AT_ONCE)) touched.add(order.orderId);
    for (const [storeId, some] of Map.groupBy(findings.slice(0, AT_ONCE), ({ order }) => order.storeId)) {
      for (const { order, kind, isOver } of some) if (!isOver) order.cases.set(kind, 'doubtful');
      for (const { finding, stored } of await write(storeId, some)) apply(finding, stored);
    }
  }

  /** The pending writes for this order; its other kinds are closed, or get a deadline. */
  function findingsOf(order: MonitoredOrder, acknowledgeWithinMs: number): Finding[] {
    const findings: Finding[] = [];
    const facts: Facts = {
      status: order.status,
      acknowledged: order.acknowledged,
      ageMs: elapsed() - order.arrivedAt,
      onDisk: receipts.maxAckedSeq(order.storeId) >= order.seq,
      offlineMs: receipts.offlineFor(order.storeId),
      acknowledgeWithinMs,
    };
    for (const [kind, state] of order.cases) {
      const result = evaluate(kind, facts);
      const isOpen = typeof state !== 'string';
      if (result === 'fine') {
        if (state === 'waiting') order.cases.delete(kind);
        else findings.push({ order, kind, isOver: true });
      } else if (result === 'wrong') {
        if (!isOpen) findings.push({ order, kind, isOver: false });
      } else if (!isOpen) deadlines.add(order.orderId, elapsed() + result.wrongInMs);
    }
    dropIfDone(order);
    return findings;
  }

  /** `stored` null: there was nothing left to raise or resolve. */
  async function write(storeId: string, findings: readonly Finding[]) {
    const at = new Date(now()).toISOString();
    return queue.write(storeId, async (write) => {
      const written: { finding: Finding; stored: OrderEscalation | null }[] = [];
      for (const finding of findings) {
        const { order, kind, isOver } = finding;
        const { orderId, number: orderNumber } = order;
        const stored = isOver
          ? await resolve(write, { orderId, kind, at })
          : await raise(write, { storeId, kind, orderId, orderNumber, at });
        written.push({ finding, stored });
      }
      return written;
    });
  }

  function apply({ order, kind }: Finding, stored: OrderEscalation | null): void {
    const before = order.cases.get(kind);
    if (typeof before === 'object') open.delete(before.id);
    if (stored?.resolvedAt === null) {
      order.cases.set(kind, stored);
      open.set(stored.id, stored);
    } else order.cases.delete(kind);
    dropIfDone(order);
    if (stored) onChange(stored);
  }

  /** ms within which an order must be acknowledged, by store; read each time, because a store may change it. */
  async function limitsOf(due: readonly MonitoredOrder[]): Promise<Map<string, number>> {
    const ids = [...new Set(due.map(({ storeId }) => storeId))];
    if (ids.length === 0) return new Map();
    const rows = (await db.selectFrom('stores').selectAll().where('id', 'in', ids).execute()).map(wholeStore);
    return new Map(rows.map((row) => [row.id, settingsOf(row).acknowledgeWithinSeconds * 1_000]));
  }

  function dropIfDone({ orderId, cases }: MonitoredOrder): void {
    if (cases.size === 0) orders.delete(orderId);
  }

  function committed(entries: readonly Pick<LogEntry, 'storeId' | 'change'>[]): void {
    if (!isLoaded) return;
    for (const { storeId, change } of entries) {
      if (change.seq === (taken.get(storeId) ?? 0) + 1) taken.set(storeId, change.seq);
      const known = orders.get(change.orderId);
      if (known) {
        known.status = change.order?.status ?? null;
        known.acknowledged = Boolean(change.order?.acknowledgedAt);
        touched.add(change.orderId);
      } else if (change.type === 'order_created' && change.order)
        add(monitoredOrder(change.order, change.seq, elapsed(), ORDER_ESCALATION_KINDS));
    }
  }

  return {
    begin(writes) {
      if (writes === queue) return;
      queue = writes;
      forget();
    },
    end() {
      if (!isShared) return;
      queue = parts.queue;
      forget();
    },
    committed,
    check,
    open: () => open.values(),
  };
}
