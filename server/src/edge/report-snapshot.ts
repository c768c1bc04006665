import type { FastifyBaseLogger } from 'fastify';
import type { Caller, DeviceCaller } from '../caller.ts';
import type { Metrics } from './metrics.ts';

/** Called for each snapshot that is served. */
export type ReportSnapshot = (caller: Caller) => void;

/**
 * Counts displays that ask for a snapshot while they follow the log: they had the same cursor and another digest (S6).
 * That is a silent divergence, and must stay 0.
 *
 * @param cursorOf what a display has on its disk while it follows the log; null: it does not
 */
export function createReportSnapshot(
  metrics: Metrics,
  log: FastifyBaseLogger,
  cursorOf: (device: DeviceCaller) => number | null,
): ReportSnapshot {
  return (caller) => {
    if (caller.role === 'admin') return;
    const cursor = cursorOf(caller);
    if (cursor === null) return;
    metrics.divergences.inc();
    const { id: deviceId, storeId } = caller;
    log.error({ deviceId, storeId, cursor }, 'a display that was up to date has other orders than the log');
  };
}
