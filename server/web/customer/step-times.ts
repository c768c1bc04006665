import { RANK, type Status } from '#contract/status.ts';

/** When an order came to each step that it has passed, ISO 8601 UTC. */
export type StepTimes = Partial<Record<Status, string>>;

/** Adds that an order came to a step. The steps after it have not happened, or no longer (a recall). */
export function withStep(times: StepTimes, status: Status, at: string): StepTimes {
  const rank = RANK[status];
  const kept = Object.entries(times).filter(([step]) => rank === null || (RANK[step as Status] ?? 0) < rank);
  return { ...Object.fromEntries(kept), [status]: at };
}
