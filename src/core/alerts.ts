import type { DisplayStatus, Undo } from '#contract/bridge.ts';
import type { Order } from '#contract/order.ts';
import { type Alert, alertsOfNew } from './alert.ts';
import { createLinkLost } from './link-lost.ts';
import type { Clock } from './ports.ts';
import type { QueueStore } from './stores.ts';

/** What comes within this time of the first is told together, ms; the alarm on the screen has not waited. */
const GATHER_MS = 1_000;
/** After a disk that did not take it, ms. */
const RETRY_MS = 30_000;
/** How often, and how far back, what was told long ago is forgotten; ms. */
const PRUNE_EVERY_MS = 3_600_000;
const KEPT_MS = 35 * 24 * 3_600_000;

export interface AlertsOptions {
  store: Pick<QueueStore, 'claimAlerts' | 'forgetAlertsBefore'>;
  clock: Clock;
  /** Server time, ms. */
  now(): number;
  shown(orderId: string): Order | undefined;
  /** Where nobody listens, as in the browser host, nothing is written either. */
  listening(): boolean;
  tell(alert: Alert): void;
  /** Runs what needs the disk; one that fails is said on the screen. */
  onDisk(run: () => void): void;
}

export type Alerts = ReturnType<typeof createAlerts>;

/**
 * Rule A2, derived as the alarm is: what rings and was never told is told, whether it came by socket, by poll, by snapshot
 * or while this program was off. That it is told is on disk before it is: killed in between, the alarm on the
 * screen still rings, and nothing is ever told twice.
 */
export function createAlerts({ store, clock, now, shown, listening, tell, onDisk }: AlertsOptions) {
  const linkLost = createLinkLost();
  let ringing: readonly string[] = [];
  /** Of those that ring: which are on disk. */
  let told = new Set<string>();
  let gathering: Undo | null = null;
  let gatherMs = GATHER_MS;
  let prunedAt = Number.NEGATIVE_INFINITY;

  function gathered(): void {
    gathering = null;
    gatherMs = RETRY_MS;
    onDisk(() => {
      const fresh = store.claimAlerts(
        ringing.filter((orderId) => !told.has(orderId)),
        now(),
      );
      told = new Set(ringing);
      gatherMs = GATHER_MS;
      for (const alert of alertsOfNew(fresh.flatMap((orderId) => shown(orderId) ?? []))) tell(alert);
    });
  }

  /** Only where the board is whole: an order that still rings must be found to be known. */
  function prune(): void {
    if (clock.monotonic() - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = clock.monotonic();
    onDisk(() => store.forgetAlertsBefore(now() - KEPT_MS, ringing));
  }

  return {
    /** Looks at what is shown now; called with every status, so at least every 5 s. */
    look({ alarm, link }: Pick<DisplayStatus, 'alarm' | 'link'>): void {
      if (!listening()) return;
      const lost = linkLost(link, clock.monotonic());
      if (lost) tell(lost);
      ringing = alarm.orderIds;
      if (!gathering && ringing.some((orderId) => !told.has(orderId))) gathering = clock.after(gatherMs, gathered);
      if (link.state === 'live') prune();
    },
    stop(): void {
      gathering?.();
      gathering = null;
    },
  };
}
