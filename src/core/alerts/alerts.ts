import type { Undo } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import { DAY_MS } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { isOpen, isRinging } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { Clock } from '../ports.ts';
import type { QueueStore } from '../stores.ts';
import { type Alert, alertOfChange, alertsOf } from './alert.ts';
import { createLinkLost } from './link-lost.ts';

/** Orders within this time of the first share a summary, ms; the alarm on the screen does not wait. */
const GATHER_MS = 1_000;
/** Wait after a failed write, ms. */
const RETRY_MS = 30_000;
/** How often old claims are pruned, and how long they are kept, ms. */
const PRUNE_EVERY_MS = 3_600_000;
const KEPT_MS = 35 * DAY_MS;

export interface AlertsOptions {
  store: Pick<QueueStore, 'claimAlerts' | 'forgetAlertsBefore'>;
  clock: Clock;
  /** Server time, ms. */
  now(): number;
  shown(orderId: string): Order | undefined;
  /** Without a listener, as in the browser host, nothing is written. */
  isListening(): boolean;
  /** The kinds that the settings can turn off; `new` is always on. */
  wanted(kind: Exclude<Alert['kind'], 'new'>): boolean;
  /** Time until an escalation, ms; null until the store is known. */
  acknowledgeWithinMs(): number | null;
  /** This display's id on the server, if known. */
  deviceId(): string | null;
  emit(alert: Alert): void;
  /** Runs a disk write; a failure shows as a trouble. */
  onDisk(run: () => void): void;
}

export type Alerts = ReturnType<typeof createAlerts>;

/** The key of an escalation on disk, beside that of the order as new. */
const lateKey = (orderId: string): string => `late ${orderId}`;

/**
 * Rule A2: notifies once of each ringing order, by whichever path. The claim is on disk before the notification, so
 * that a kill between the two loses a notification but never repeats one. Changes by others come from the log, once each.
 */
export function createAlerts(options: AlertsOptions) {
  const { store, clock, now, shown, isListening, wanted, emit, onDisk } = options;
  const linkLost = createLinkLost();
  let ringing: readonly string[] = [];
  /** The ringing orders with a claim on disk, as new and as late. */
  let notified = new Set<string>();
  let notifiedLate = new Set<string>();
  const elsewhere = new Map<string, 'changed' | 'cancelled'>();
  let gathering: Undo | null = null;
  let gatherMs = GATHER_MS;
  let prunedAt = Number.NEGATIVE_INFINITY;

  const ordersOf = (orderIds: readonly string[]): Order[] => orderIds.flatMap((orderId) => shown(orderId) ?? []);
  const unnotified = (): string[] => ringing.filter((orderId) => !notified.has(orderId));
  function late(): string[] {
    const within = options.acknowledgeWithinMs();
    if (within === null || !wanted('escalation')) return [];
    const isLate = ({ createdAt }: Order): boolean => now() - Date.parse(createdAt) >= within;
    return ordersOf(ringing.filter((orderId) => !notifiedLate.has(orderId)))
      .filter(isLate)
      .map(({ id }) => id);
  }

  function gather(): void {
    gathering ??= clock.after(gatherMs, () => {
      gathering = null;
      gatherMs = RETRY_MS;
      onDisk(tellRinging);
      tellElsewhere();
    });
  }

  /** An order that is both new and late, after hours without this program, counts as late. */
  function tellRinging(): void {
    const lateNow = late();
    const claimed = new Set(store.claimAlerts([...unnotified(), ...lateNow.map(lateKey)], now()));
    const fresh = ringing.filter((orderId) => claimed.has(orderId));
    const overdue = lateNow.filter((orderId) => claimed.has(lateKey(orderId)));
    notified = new Set(ringing);
    notifiedLate = new Set([...notifiedLate, ...lateNow].filter((orderId) => notified.has(orderId)));
    gatherMs = GATHER_MS;
    const isNew = (orderId: string): boolean => !overdue.includes(orderId);
    for (const alert of alertsOf('new', ordersOf(fresh.filter(isNew)))) emit(alert);
    for (const alert of alertsOf('escalation', ordersOf(overdue))) emit(alert);
  }

  /** Decides on each order as it is now; one that still rings needs no alert for its changes. */
  function tellElsewhere(): void {
    const touched = ordersOf([...elsewhere.keys()]);
    const tellOf = (kind: 'changed' | 'cancelled', stillSo: (order: Order) => boolean): void => {
      if (!wanted(kind)) return;
      const orders = touched.filter((order) => elsewhere.get(order.id) === kind && stillSo(order));
      for (const alert of alertsOf(kind, orders)) emit(alert);
    };
    tellOf('changed', (order) => isOpen(order.status) && !isRinging(order));
    tellOf('cancelled', ({ status }) => status === 'cancelled');
    elsewhere.clear();
  }

  /** Only while live: an incomplete board may miss a ringing order, whose claim must stay. */
  function prune(): void {
    if (clock.monotonic() - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = clock.monotonic();
    onDisk(() => store.forgetAlertsBefore(now() - KEPT_MS, [...ringing, ...ringing.map(lateKey)]));
  }

  return {
    /** Called with every status, so at least every 5 s. */
    onStatus({ alarm, link }: Pick<DisplayStatus, 'alarm' | 'link'>): void {
      if (!isListening()) return;
      const lost = linkLost(link, clock.monotonic());
      if (lost && wanted('link')) emit(lost);
      ringing = alarm.orderIds;
      if (unnotified().length > 0 || late().length > 0) gather();
      if (link.state === 'live') prune();
    },
    /** New changes of the log, each once. */
    onChanges(changes: readonly Change[]): void {
      if (!isListening()) return;
      for (const change of changes) {
        const kind = alertOfChange(change, options.deviceId());
        if (kind) elsewhere.set(change.orderId, kind);
      }
      if (elsewhere.size > 0) gather();
    },
    stop(): void {
      gathering?.();
      gathering = null;
    },
  };
}
