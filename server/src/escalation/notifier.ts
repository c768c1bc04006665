import type { Escalation } from '#contract/admin.ts';

/** A channel to somebody who is not at the shop's screens. */
export interface Notifier {
  name: string;
  /**
   * Reports raised escalations, oldest first; several if they arrived during the last call. After a rejection it is
   * called again with the same ones and any newer ones.
   *
   * @param signal aborts on timeout
   */
  notify(escalations: readonly Escalation[], signal: AbortSignal): Promise<void>;
}
