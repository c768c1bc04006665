import type { FastifyBaseLogger } from 'fastify';
import type { ResetReason } from '#contract/sync.ts';
import type { Caller, DeviceCaller } from '../caller.ts';
import type { Metrics } from './metrics.ts';

/** Counts and logs displays that start over. */
export interface SyncReports {
  /** Logs answers that reveal a changed history (S2): `future` and `hash` mean that an older database was restored. */
  reset(reason: ResetReason, caller: Caller, position: { epoch: string | null; cursor: number }): void;
  /**
   * A snapshot was served. If the display follows the log, its digest differed at the same cursor (S6): a silent
   * divergence, whose count must stay 0.
   */
  snapshot(caller: Caller): void;
}

/** @param cursorOf the stored cursor of a display that follows the log; null: it does not follow */
export function createSyncReports(
  metrics: Metrics,
  log: FastifyBaseLogger,
  cursorOf: (device: DeviceCaller) => number | null,
): SyncReports {
  return {
    reset(reason, { id: deviceId, storeId }, position) {
      metrics.resets.inc({ reason });
      if (reason === 'epoch') return;
      const restored = reason === 'too_old' ? '' : ': its history is not in this database; was a backup restored?';
      log.warn({ reason, deviceId, storeId, ...position }, `a display starts over${restored}`);
    },
    snapshot(caller) {
      const cursor = caller.role === 'admin' ? null : cursorOf(caller);
      if (cursor === null) return;
      metrics.divergences.inc();
      const { id: deviceId, storeId } = caller;
      log.error({ deviceId, storeId, cursor }, 'a display that was up to date has other orders than the log');
    },
  };
}
