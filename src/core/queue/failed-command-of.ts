import type { CommandResult } from '#contract/command.ts';
import type { FailedCommand, Failure } from '#contract/failed-command.ts';
import type { Order } from '#contract/order.ts';
import type { CommandRow } from '../stores.ts';

interface Refusal {
  code: Failure;
  message: string;
  /** ms, server time. */
  at: number;
  order: Order | null;
  orderNumber: string | null;
}

/** A row's intent, for display; an unreadable one is most likely a status step. */
export const intentOf = ({ intent }: Pick<CommandRow, 'intent'>) =>
  intent ?? ({ type: 'set_status', payload: {} } as const);

/** The failed-list entry for a refused command (C4). */
export function failedCommandOf(row: CommandRow, { code, message, at, order, orderNumber }: Refusal): FailedCommand {
  const { type, payload } = intentOf(row);
  return {
    id: row.commandId,
    orderId: row.orderId,
    orderNumber: order?.number ?? orderNumber,
    commandType: type,
    payload,
    code,
    message,
    issuedAt: Date.parse(row.issuedAt),
    at,
    order,
  };
}

export function refusalOf(result: CommandResult): Pick<Refusal, 'code' | 'message' | 'order'> {
  const { code = 'invalid', message = '', order = null } = result;
  return { code, message, order };
}
