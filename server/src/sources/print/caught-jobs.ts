import type { CaughtJob, TryLayout } from '#contract/caught-job.ts';

/** What tills printed to a source of the kind `print`, beside the orders that rules make of it; other kinds have none (ADR 46). */
export interface CaughtJobs {
  /** The newest, newest first, with the source's own rules. */
  list(sourceId: string, storeId: string | null): Promise<CaughtJob[]>;
  /** The same with other rules. Changes nothing. Refuses with `not_found` a job that is not kept. */
  tryLayout(sourceId: string, request: TryLayout, storeId: string | null): Promise<CaughtJob[]>;
}
