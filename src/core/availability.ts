import { Availability, availableAt } from '#contract/availability.ts';
import type { Log } from './ports.ts';

export interface AvailabilityOptions {
  log: Log;
  /** Server time, ms. */
  now(): number;
  onChange(): void;
}

export type StoreAvailability = ReturnType<typeof createAvailability>;

/** What the store takes (contract, section 13), as the server last said; in memory only, so that a start shows nothing old. */
export function createAvailability({ log, now, onChange }: AvailabilityOptions) {
  let heard: Availability | null = null;
  /** Counts what was heard: an answer that something has overtaken does not count. */
  let turn = 0;

  function set(to: Availability | null): void {
    heard = to;
    turn++;
    onChange();
  }

  return {
    /** Without what has ended by itself since, which a display without a link does not hear; null: the server has not said. */
    current: (): Availability | null => heard && availableAt(heard, now()),
    /** A push of the server. */
    take(payload: unknown): void {
      const pushed = Availability.safeParse(payload);
      if (!pushed.success)
        log.error('availability does not follow the contract', { problem: pushed.error.message.slice(0, 500) });
      set(pushed.data ?? null);
    },
    /** An answer over HTTP; a push that arrives before it is newer. Rejects like `answer`. */
    async takeAnswer(answer: Promise<Availability>): Promise<void> {
      const before = turn;
      const answered = await answer;
      if (turn === before) set(answered);
    },
    /** For another server or store. */
    forget: (): void => set(null),
  };
}
