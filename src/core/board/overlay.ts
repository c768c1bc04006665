import { decide } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import type { CommandRow } from '../stores.ts';

/** An order with this display's own commands laid over it. */
export interface Overlaid {
  order: Order;
  /** One of them is unanswered. */
  pending: boolean;
}

/**
 * Rule S5: what is shown. Each command is decided by the contract's pure function on the order that the ones before it
 * left behind, as the server will. Decided as of the tap, so that the same rows always give the same picture.
 *
 * @param rows the order's commands that count, in the order of the taps
 * @param by what `acknowledgedBy` says until the server says it
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

/** Whether an answered command still counts: its effect may not have come down yet (S5). A rejected one never does. */
export function isSettled(row: CommandRow, epoch: string | null, cursor: number): boolean {
  if (!row.answer) return false;
  return row.answer.outcome === 'rejected' || row.answer.epoch !== epoch || row.answer.seq <= cursor;
}
