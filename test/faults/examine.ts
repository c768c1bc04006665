import type { Intent } from '#contract/command.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { Board } from '#contract/ticket.ts';
import type { Observer } from './observer.ts';

/** A tap that the display accepted, which must therefore have its effect. */
export interface Tap {
  commandId: string;
  orderId: string;
  intent: Intent;
}

/** Both ends at rest, and what was done to them. */
export interface Aftermath {
  placed: number;
  deviceId: string;
  taps: Tap[];
  /** All orders of the store as the server has them, and their whole history. */
  orders: Order[];
  changes: Change[];
  board: Board;
  status: DisplayStatus;
  observer: Pick<Observer, 'faults' | 'removed' | 'tickets'>;
}

/** Everything that is lost, doubled or different between a display and its server; empty if all is correct. */
export function examine({ placed, deviceId, taps, orders, changes, board, status, observer }: Aftermath): string[] {
  const found = [...observer.faults()];
  for (const { code, message } of status.failedCommands) found.push(`a tap was refused: ${code} ${message}`);
  for (const trouble of status.troubles) found.push(`the display reports ${trouble}`);

  if (orders.length !== placed) found.push(`${placed} orders were placed, the server has ${orders.length}`);
  if (board.tickets.length !== orders.length) found.push(`${board.tickets.length} tickets for ${orders.length} orders`);
  const shown = new Map(board.tickets.map((ticket) => [ticket.order.id, ticket]));
  for (const { id, number, version, status: is } of orders) {
    const ticket = shown.get(id);
    if (!ticket) found.push(`order ${number} is not on the board`);
    else if (ticket.pending || ticket.order.version !== version)
      found.push(`order ${number}: the board shows version ${ticket.order.version}, the server has ${version}`);
    if (isOpen(is) && observer.removed().includes(id)) found.push(`order ${number} was off the board for a moment`);
    if (observer.tickets().get(id)?.order.version !== version)
      found.push(`order ${number}: the patches led to another version`);
  }

  for (const { commandId, orderId, intent } of taps) {
    const effects = changes.filter(({ cause }) => cause?.deviceId === deviceId && cause.commandId === commandId);
    if (effects.length !== 1 || effects[0]?.orderId !== orderId)
      found.push(`tap ${commandId} (${intent.type}) had ${effects.length} effects`);
  }
  return found;
}
