import type { FastifyBaseLogger } from 'fastify';
import type { ResetReason } from '#contract/sync.ts';
import type { Caller } from '../service.ts';
import type { Metrics } from './metrics.ts';

export type ReportReset = (
  reason: ResetReason,
  caller: Caller,
  position: { epoch: string | null; cursor: number },
) => void;

/**
 * Counts a display that starts over, and logs it where history is not what was once served (S2). `future` and `hash` come
 * of a database that was put back to an older one.
 */
export function createReportReset(metrics: Metrics, log: FastifyBaseLogger): ReportReset {
  return (reason, caller, position) => {
    metrics.resets.inc({ reason });
    if (reason === 'epoch') return;
    const restored =
      reason === 'too_old' ? '' : ': it has seen a history that this database does not have; was a backup put back?';
    log.warn({ reason, deviceId: caller.id, storeId: caller.storeId, ...position }, `a display starts over${restored}`);
  };
}
