import type { Escalation } from '#contract/admin.ts';

/** A way to tell somebody outside the shop's screens. */
export interface Notifier {
  name: string;
  /**
   * Tells of what was raised, oldest first; several when they came while the last call was under way. Rejects when it could
   * not; it is called again then with the same and what came since.
   *
   * @param signal aborts when it has taken too long
   */
  notify(escalations: readonly Escalation[], signal: AbortSignal): Promise<void>;
}
