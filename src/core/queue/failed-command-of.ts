import type { FailedCommand } from '#contract/bridge.ts';
import type { CommandResult, Rejection } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import type { CommandRow } from '../stores.ts';

interface ServiceError {
  code: Rejection;
  message: string;
  /** ms, server time. */
  at: number;
  order: Order | null;
  orderNumber: string | null;
}

/** What a person is told of a command that was refused (C4); null for a `void`, which nobody wished. */
export function failedCommandOf(row: CommandRow, refusal: ServiceError): FailedCommand | null {
  if (row.intent?.type === 'void') return null;
  const { code, message, at, order } = refusal;
  return {
    id: row.commandId,
    orderId: row.orderId,
    orderNumber: order?.number ?? refusal.orderNumber,
    commandType: row.intent?.type ?? 'void',
    payload: row.intent?.payload ?? {},
    code,
    message,
    issuedAt: Date.parse(row.issuedAt),
    at,
    order,
  };
}

export function refusalOf(result: CommandResult): Pick<ServiceError, 'code' | 'message' | 'order'> {
  const { code = 'invalid', message = '', order = null } = result;
  return { code, message, order };
}
