import type { FastifyBaseLogger } from 'fastify';
import type { ResetReason } from '#contract/sync.ts';
import type { Caller } from '../service.ts';
import type { Metrics } from './metrics.ts';

export type NoteReset = (
  reason: ResetReason,
  caller: Caller,
  position: { epoch: string | null; cursor: number },
) => void;

/** Counts a display that starts over; `too_old` and `hash` are logged, for history is not what was once served (S2). */
export function createNoteReset(metrics: Metrics, log: FastifyBaseLogger): NoteReset {
  return (reason, caller, position) => {
    metrics.resets.inc({ reason });
    if (reason !== 'too_old' && reason !== 'hash') return;
    log.warn({ reason, deviceId: caller.id, storeId: caller.storeId, ...position }, 'a display starts over');
  };
}
