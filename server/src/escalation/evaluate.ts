import type { OrderEscalationKind } from '#contract/admin.ts';
import { assertNever } from '#contract/assert-never.ts';
import { isOpen, type Status } from '#contract/status.ts';

/** After this time, an order that no display has stored, or a store without a live display, is escalated, ms. */
export const UNDELIVERED_AFTER_MS = 70_000;
export const OFFLINE_AFTER_MS = 70_000;

/** The state of an order and its store at one moment. */
export interface Facts {
  /** null: deleted. */
  status: Status | null;
  acknowledged: boolean;
  /** Time since the order arrived, ms. */
  ageMs: number;
  /** A display of the store has stored it. */
  onDisk: boolean;
  /** Time without a live display in the store, ms; 0 while there is one. */
  offlineMs: number;
  /** The store's limit, ms. */
  acknowledgeWithinMs: number;
}

/** `wrong` now; `fine`; or wrong in so many ms if nothing happens. */
export type Evaluation = 'wrong' | 'fine' | { wrongInMs: number };

/** Whether an order needs an escalation. Total, and without a clock: time comes in as ages. */
export function evaluate(kind: OrderEscalationKind, facts: Facts): Evaluation {
  const { status, ageMs, offlineMs } = facts;
  switch (kind) {
    case 'undelivered':
      if (status === null || !isOpen(status) || facts.onDisk) return 'fine';
      return within(UNDELIVERED_AFTER_MS - ageMs);
    case 'unacknowledged':
      if (status !== 'pending' || facts.acknowledged) return 'fine';
      return within(facts.acknowledgeWithinMs - ageMs);
    case 'no_display':
      return offlineMs === 0 ? 'fine' : within(OFFLINE_AFTER_MS - offlineMs);
    default:
      return assertNever(kind);
  }
}

const within = (ms: number): Evaluation => (ms <= 0 ? 'wrong' : { wrongInMs: ms });
