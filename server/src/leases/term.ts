import type { WriteQueue } from '../database/write-queue.ts';

/**
 * The time in which this server alone does a kind of work. What it does goes through the term, because the server may be
 * paused at any moment, and another one take the work meanwhile.
 */
export interface Term {
  /** Writes, each only if no other server has taken the work: else it changes nothing and rejects with `LeaseLost`. */
  queue: WriteQueue;
  /** Aborts once another server has taken the work. */
  signal: AbortSignal;
  /**
   * Call it right before what happens outside the database. Rejects with `LeaseLost` if another server has taken the work,
   * or with `DatabaseUnavailable` if that cannot be found out.
   */
  confirm(): Promise<void>;
}

/** Another server does the work now. */
export class LeaseLost extends Error {
  constructor(work: string) {
    super(`another server has taken over: ${work}`);
  }
}

/** For the only server of a database. */
export const soleTerm = (queue: WriteQueue): Term => ({
  queue,
  signal: new AbortController().signal,
  confirm: async () => undefined,
});
