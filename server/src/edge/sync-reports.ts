import type { FastifyBaseLogger } from 'fastify';
import type { ResetReason } from '#contract/sync.ts';
import type { Caller } from '../caller.ts';
import type { Metrics } from './metrics.ts';

/** Counts and logs displays that start over. */
export interface SyncReports {
  /** Logs answers that reveal a changed history (S2): `future` and `hash` mean that an older database was restored. */
  reset(reason: ResetReason, caller: Caller, position: { epoch: string | null; cursor: number }): void;
  /** A display says that its digest differs at the same cursor (S6): a silent divergence, whose count must stay 0. */
  diverged(display: Caller): void;
}

export function createSyncReports(metrics: Metrics, log: FastifyBaseLogger): SyncReports {
  return {
    reset(reason, { id: deviceId, storeId }, position) {
      metrics.resets.inc({ reason });
      if (reason === 'epoch') return;
      const restored = reason === 'too_old' ? '' : ': its history is not in this database; was a backup restored?';
      log.warn({ reason, deviceId, storeId, ...position }, `a display starts over${restored}`);
    },
    diverged({ id: deviceId, storeId }) {
      metrics.divergences.inc();
      log.error({ deviceId, storeId }, 'a display that was up to date has other orders than the log');
    },
  };
}
