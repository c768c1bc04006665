import { decide } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import type { CommandRow } from '../stores.ts';

/** An order with this display's own commands applied. */
export interface Overlaid {
  order: Order;
  /** One of them is unanswered. */
  pending: boolean;
}

/**
 * Rule S5: applies each command to the result of the ones before it, as the server will. Decides as of the tap, so that the
 * same rows always give the same result.
 *
 * @param rows the order's unsettled commands, in the order of the taps
 * @param by `acknowledgedBy` until the server answers
 */
export function overlay(confirmed: Order, rows: readonly CommandRow[], by: string): Overlaid {
  let order = confirmed;
  for (const { intent, issuedAt: at, baseVersion } of rows) {
    if (!intent) continue;
    const issuedAt = Date.parse(at);
    const decision = decide(order, intent, { now: issuedAt, issuedAt, baseVersion, by });
    if (decision.outcome === 'applied') order = decision.order;
  }
  return { order, pending: rows.some((row) => row.answer === null) };
}

/** Whether a command no longer applies (S5): it is rejected, or its change has arrived. */
export function isSettled(row: CommandRow, epoch: string | null, cursor: number): boolean {
  if (!row.answer) return false;
  return row.answer.outcome === 'rejected' || row.answer.epoch !== epoch || row.answer.seq <= cursor;
}
