import type { EscalationKind } from '#contract/admin.ts';
import { assertNever } from '#contract/assert-never.ts';
import { isOpen, type Status } from '#contract/status.ts';

/** An order that no display has on its disk for so long, or a store without a live one: somebody must be told, ms. */
export const UNDELIVERED_AFTER_MS = 70_000;
export const DARK_AFTER_MS = 70_000;

/** What is known of an order and its store at one moment. */
export interface Facts {
  /** null: it was deleted. */
  status: Status | null;
  acknowledged: boolean;
  /** Since the order came, ms. */
  ageMs: number;
  /** A display of the store has it. */
  onDisk: boolean;
  /** For how long the store has had no live display, ms; 0 while it has one. */
  darkMs: number;
  /** The store's limit, ms. */
  acknowledgeWithinMs: number;
}

/** `wrong` now; `fine`; or it will be wrong in so many ms if nothing happens. */
export type Verdict = 'wrong' | 'fine' | { wrongInMs: number };

/** Whether somebody has to be told. Total, and without a clock: time comes in as ages. */
export function judge(kind: EscalationKind, facts: Facts): Verdict {
  const { status, ageMs, darkMs } = facts;
  switch (kind) {
    case 'undelivered':
      if (status === null || !isOpen(status) || facts.onDisk) return 'fine';
      return within(UNDELIVERED_AFTER_MS - ageMs);
    case 'unacknowledged':
      if (status !== 'pending' || facts.acknowledged) return 'fine';
      return within(facts.acknowledgeWithinMs - ageMs);
    case 'no_display':
      return darkMs === 0 ? 'fine' : within(DARK_AFTER_MS - darkMs);
    default:
      return assertNever(kind);
  }
}

const within = (ms: number): Verdict => (ms <= 0 ? 'wrong' : { wrongInMs: ms });
