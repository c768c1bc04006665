import { isOpen, type Status } from './status.ts';

/** What has not been printed by then is of no use any more, ms. */
export const GIVE_UP_AFTER_MS = 12 * 3_600_000;
/** An order that is finished is still printed for so long, ms: its paper may go with the food. */
const FINISHED_MS = 10 * 60_000;

/** Whether the paper of an accepted or ready order that has waited so long, ms, is still printed (ADR 50). */
export function isPaperWanted(status: Status, waitedMs: number): boolean {
  if (status === 'cancelled' || waitedMs > GIVE_UP_AFTER_MS) return false;
  return isOpen(status) || waitedMs < FINISHED_MS;
}
