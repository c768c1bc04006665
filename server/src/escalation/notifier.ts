import type { Escalation } from '#contract/admin.ts';

/** A way to reach somebody who does not look at the shop's screens. */
export interface Notifier {
  name: string;
  /**
   * Reports what was raised, oldest first; several when they came while the last call was under way. After a rejection it is
   * called again with the same ones and those that came since.
   *
   * @param signal aborts when it has taken too long
   */
  notify(escalations: readonly Escalation[], signal: AbortSignal): Promise<void>;
}
