import { causeOf, problemOf, type SourceJob } from './problem-of.ts';
import { aboutSource } from './refused-orders.ts';
import type { RunParts } from './run-parts.ts';
import { AccessEnded } from './service-client.ts';
import { addEntry } from './source-rows.ts';
import type { SourceRow } from './source-tables.ts';

/** A source that fails for so long calls its owner, ms. */
const ESCALATE_AFTER_MS = 5 * 60_000;

/** What the log calls it. */
const WHAT: Record<SourceJob, string> = { pull: 'pull', listen: 'connection' };

/** Whether a source gets its orders: what its row, its log and an escalation say about that. */
export interface Health {
  isFailing(): boolean;
  /** The last pull that went through; before the first, when the source was made. ms since 1970. */
  pulledAt(): number;
  works(job: SourceJob): Promise<void>;
  /** The log names each cause once, however often the job is tried. */
  fails(job: SourceJob, error: unknown): Promise<void>;
}

export function createHealth(row: SourceRow, { queue, now, escalations, totals }: RunParts): Health {
  let failingSince = row.failing_since === null ? null : Date.parse(row.failing_since);
  let known = row.problem;
  let pulledAt = Date.parse(row.pulled_at ?? row.created_at);

  return {
    isFailing: () => known !== null,
    pulledAt: () => pulledAt,
    async works(job) {
      if (job === 'pull') {
        totals[row.kind].pulled += 1;
        pulledAt = now();
      }
      failingSince = null;
      known = null;
      const pulled = job === 'pull' && { pulled_at: new Date(now()).toISOString() };
      const set = { ...pulled, failing_since: null, problem: null };
      await queue.write(row.store_id, ({ tx }) =>
        tx.updateTable('sources').set(set).where('id', '=', row.id).execute(),
      );
      await escalations.resolve(aboutSource(row));
    },
    async fails(job, error) {
      if (job === 'pull') totals[row.kind].failed += 1;
      failingSince ??= now();
      const problem = problemOf(row, job, error);
      const at = new Date(now()).toISOString();
      const failing_since = new Date(failingSince).toISOString();
      await queue.write(row.store_id, async (write) => {
        await write.tx.updateTable('sources').set({ failing_since, problem }).where('id', '=', row.id).execute();
        if (problem === known) return;
        const entry = { at, what: WHAT[job], externalId: null, outcome: 'failed', detail: causeOf(error) } as const;
        await addEntry(write, row.id, entry);
      });
      known = problem;
      if (error instanceof AccessEnded || now() - failingSince >= ESCALATE_AFTER_MS)
        await escalations.raise(aboutSource(row), `${problem}. Orders from there may be missing: look there.`);
    },
  };
}
