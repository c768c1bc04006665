import type { Undo } from '#contract/bridge.ts';
import type { DataService, ServiceLog } from '../create-service.ts';
import { every } from '../time/every.ts';

const CLEAN_EVERY_MS = 3_600_000;

/** Deletes once an hour what is past its time (S7). */
export function startRetention({ service, log }: { service: Pick<DataService, 'clean'>; log: ServiceLog }): Undo {
  const clean = async () => log.info(await service.clean(), 'deleted what is past its time');
  return every(CLEAN_EVERY_MS, clean, (error) =>
    log.warn({ err: error }, 'deleting old data failed; it is tried again'),
  );
}
