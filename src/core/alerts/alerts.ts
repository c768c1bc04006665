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

/** What comes within this time of the first is told together, ms; the alarm on the screen has not waited. */
const GATHER_MS = 1_000;
/** After a disk that did not take it, ms. */
const RETRY_MS = 30_000;
/** How often, and how far back, what was told long ago is forgotten; ms. */
const PRUNE_EVERY_MS = 3_600_000;
const KEPT_MS = 35 * DAY_MS;

export interface AlertsOptions {
  store: Pick<QueueStore, 'claimAlerts' | 'forgetAlertsBefore'>;
  clock: Clock;
  /** Server time, ms. */
  now(): number;
  shown(orderId: string): Order | undefined;
  /** Where nobody listens, as in the browser host, nothing is written either. */
  isListening(): boolean;
  /** Those that a person may turn off; new orders are always told. */
  wanted(kind: Exclude<Alert['kind'], 'new'>): boolean;
  /** Nobody acknowledged within this time: an escalation, ms; null until the store has said so. */
  acknowledgeWithinMs(): number | null;
  /** Who this display is to the server, as far as it is known. */
  deviceId(): string | null;
  emit(alert: Alert): void;
  /** Runs what needs the disk; one that fails is said on the screen. */
  onDisk(run: () => void): void;
}

export type Alerts = ReturnType<typeof createAlerts>;

/** Told of twice at most: as new, and as rung for too long; each on disk under a key of its own. */
const lateKey = (orderId: string): string => `late ${orderId}`;

/**
 * Rule A2, derived as the alarm is: what rings and was never told is told, whether it came by socket, by poll, by snapshot
 * or while this program was off. That it is told is on disk before it is: killed in between, the alarm on the
 * screen still rings, and nothing is ever told twice. What others changed is told from the changes themselves, each of
 * which comes once.
 */
export function createAlerts(options: AlertsOptions) {
  const { store, clock, now, shown, isListening, wanted, emit, onDisk } = options;
  const linkLost = createLinkLost();
  let ringing: readonly string[] = [];
  /** Of those that ring: which are on disk, as new and as late. */
  let told = new Set<string>();
  let toldLate = new Set<string>();
  const elsewhere = new Map<string, 'changed' | 'cancelled'>();
  let gathering: Undo | null = null;
  let gatherMs = GATHER_MS;
  let prunedAt = Number.NEGATIVE_INFINITY;

  const ordersOf = (orderIds: readonly string[]): Order[] => orderIds.flatMap((orderId) => shown(orderId) ?? []);
  const untold = (): string[] => ringing.filter((orderId) => !told.has(orderId));
  function late(): string[] {
    const within = options.acknowledgeWithinMs();
    if (within === null || !wanted('escalation')) return [];
    const isLate = ({ createdAt }: Order): boolean => now() - Date.parse(createdAt) >= within;
    return ordersOf(ringing.filter((orderId) => !toldLate.has(orderId)))
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

  /** What is new and late at once, after hours without this program, is told as late. */
  function tellRinging(): void {
    const lateNow = late();
    const claimed = new Set(store.claimAlerts([...untold(), ...lateNow.map(lateKey)], now()));
    const fresh = ringing.filter((orderId) => claimed.has(orderId));
    const overdue = lateNow.filter((orderId) => claimed.has(lateKey(orderId)));
    told = new Set(ringing);
    toldLate = new Set([...toldLate, ...lateNow].filter((orderId) => told.has(orderId)));
    gatherMs = GATHER_MS;
    const isNew = (orderId: string): boolean => !overdue.includes(orderId);
    for (const alert of alertsOf('new', ordersOf(fresh.filter(isNew)))) emit(alert);
    for (const alert of alertsOf('escalation', ordersOf(overdue))) emit(alert);
  }

  /** An order that still rings is read anew by whoever sees it first; what became of it since is what counts. */
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

  /** Only where the board is whole: an order that still rings must be found to be known. */
  function prune(): void {
    if (clock.monotonic() - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = clock.monotonic();
    onDisk(() => store.forgetAlertsBefore(now() - KEPT_MS, [...ringing, ...ringing.map(lateKey)]));
  }

  return {
    /** Looks at what is shown now; called with every status, so at least every 5 s. */
    onStatus({ alarm, link }: Pick<DisplayStatus, 'alarm' | 'link'>): void {
      if (!isListening()) return;
      const lost = linkLost(link, clock.monotonic());
      if (lost && wanted('link')) emit(lost);
      ringing = alarm.orderIds;
      if (untold().length > 0 || late().length > 0) gather();
      if (link.state === 'live') prune();
    },
    /** What came down, each change once. */
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
