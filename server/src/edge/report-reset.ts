import type { FastifyBaseLogger } from 'fastify';
import type { ResetReason } from '#contract/sync.ts';
import type { Caller } from '../caller.ts';
import type { Metrics } from './metrics.ts';

export type ReportReset = (
  reason: ResetReason,
  caller: Caller,
  position: { epoch: string | null; cursor: number },
) => void;

/**
 * Counts a display that starts over, and logs it where history is not what was once served (S2). `future` and `hash` mean
 * that the database was restored from an older one.
 */
export function createReportReset(metrics: Metrics, log: FastifyBaseLogger): ReportReset {
  return (reason, caller, position) => {
    metrics.resets.inc({ reason });
    if (reason === 'epoch') return;
    const restored = reason === 'too_old' ? '' : ': its history is not in this database; was a backup restored?';
    log.warn({ reason, deviceId: caller.id, storeId: caller.storeId, ...position }, `a display starts over${restored}`);
  };
}
