import { randomUUID } from 'node:crypto';
import type { PaperOrder } from './an-order.ts';

export interface Command {
  n: number;
  commandId: string;
  orderId: string;
  type: string;
  payload: Record<string, unknown>;
  baseVersion: number;
  issuedAt: string;
}
type Result = { n: number; commandId: string; outcome: string; seq: number } & Record<string, unknown>;

export interface PaperLog {
  deviceId: string;
  head(): number;
  order(id: string): PaperOrder | undefined;
  /** Writes a change into the log. @returns its number */
  record(type: string, order: PaperOrder, orderId: string, cause: { deviceId: string; n: number }): number;
}

/** Rules C2 and C3 for one display; of the commands themselves only as much as the checks need. */
export function createPaperLedger({ deviceId, head, order: orderOf, record }: PaperLog) {
  const results = new Map<number, Result>();
  const lastN = (): number => Math.max(0, ...results.keys());

  function done({ n, commandId, orderId, type, payload }: Command): Result {
    const order = orderOf(orderId);
    const base = { n, commandId, seq: head() };
    if (type === 'void') return { ...base, outcome: 'already' };
    if (!order) return { ...base, outcome: 'rejected', code: 'not_found' };
    if (order.status === 'cancelled')
      return { ...base, outcome: 'rejected', code: 'order_cancelled', order: { ...order } };
    const now = new Date().toISOString();
    const seen = { acknowledgedAt: order.acknowledgedAt ?? now, acknowledgedBy: 'Display' };
    const moved = type === 'set_status' ? { status: String(payload.to), statusSince: now } : {};
    const next = { ...order, ...seen, ...moved, version: order.version + 1 };
    const kind = type === 'set_status' ? 'order_status_changed' : 'order_updated';
    return { ...base, outcome: 'applied', seq: record(kind, next, orderId, { deviceId, n }) };
  }

  return {
    lastN,
    answered: (n: number): Result | undefined => results.get(n),
    answer(commands: readonly Command[]): { results: Result[]; expected?: number } {
      const answers: Result[] = [];
      for (const command of commands) {
        const { n, commandId } = command;
        const known = results.get(n);
        if (known && known.commandId !== commandId) {
          answers.push({ n, commandId, outcome: 'rejected', code: 'fork', seq: head() });
          break;
        }
        if (!known && n > lastN() + 1) return { results: answers, expected: lastN() + 1 };
        const result = known ? { ...known, replayed: true } : done(command);
        if (!known) results.set(n, result);
        answers.push(result);
      }
      return { results: answers };
    },
    /** Another machine had this number already. */
    occupy: (n: number): void => void results.set(n, { n, commandId: randomUUID(), outcome: 'already', seq: head() }),
    forget: (): void => results.clear(),
  };
}
