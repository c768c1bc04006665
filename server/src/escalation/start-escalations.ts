import type { Undo } from '#contract/bridge.ts';
import type { DataService, ServiceLog } from '../create-service.ts';
import { every } from '../time/every.ts';

const LOOK_EVERY_MS = 1_000;

/** Raises and resolves escalations once a second. */
export function startEscalations({ service, log }: { service: Pick<DataService, 'escalate'>; log: ServiceLog }): Undo {
  return every(LOOK_EVERY_MS, service.escalate, (error) =>
    log.warn({ err: error }, 'escalations could not be written; it is tried again'),
  );
}
