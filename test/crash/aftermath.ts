import { type KnownAnswer, MAX_KNOWN_IDS } from '#contract/command.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { FailedCommand } from '#contract/failed-command.ts';
import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';
import type { Board } from '#contract/ticket.ts';
import { allOrders } from '#test/support/all-orders.ts';
import type { Api } from '#test/support/api.ts';
import type { BridgePage } from '#test/support/bridge-page.ts';
import type { Tap } from './record.ts';

/** Both ends, once all is quiet. */
export interface Aftermath {
  /** All orders of the store, and the history of each, oldest first. */
  orders: Order[];
  histories: Map<string, Change[]>;
  displays: DisplayAftermath[];
}

export interface DisplayAftermath {
  name: string;
  deviceId: string;
  /** Those of its commands that the server has answered. */
  known: Set<string>;
  board: Board;
  status: DisplayStatus;
  /** Refused commands that are not dismissed. */
  failedCommands: FailedCommand[];
}

/** An enrolled display and a page that reads it. */
export interface Seen {
  name: string;
  deviceId: string;
  /** Calls the server with the display's token. */
  api: Api;
  page: BridgePage;
}

/** Reads everything from both ends, over the outer contract only. */
export async function readAftermath(shop: Api, displays: Seen[], taps: readonly Tap[]): Promise<Aftermath> {
  const orders = await allOrders(shop);
  const histories = new Map<string, Change[]>();
  for (const { id } of orders)
    histories.set(id, (await good<{ changes: Change[] }>(shop('GET', `/orders/${id}/history`))).changes);
  return { orders, histories, displays: await Promise.all(displays.map((seen) => readDisplay(seen, taps))) };
}

async function readDisplay({ name, deviceId, api, page }: Seen, taps: readonly Tap[]): Promise<DisplayAftermath> {
  const ids = taps.flatMap((tap) => (tap.deviceId === deviceId && tap.commandId !== null ? [tap.commandId] : []));
  const known = new Set<string>();
  for (let at = 0; at < ids.length; at += MAX_KNOWN_IDS) {
    const body = { ids: ids.slice(at, at + MAX_KNOWN_IDS) };
    for (const id of (await good<KnownAnswer>(api('POST', '/commands/known', { body }))).known) known.add(id);
  }
  const [board, status, failedCommands] = await Promise.all([
    page.call('getBoard', null),
    page.call('getStatus', null),
    page.call('getFailedCommands', null),
  ]);
  if (!board.ok || !status.ok || !failedCommands.ok) throw new Error(`${name} does not say what it shows`);
  return { name, deviceId, known, board: board.value, status: status.value, failedCommands: failedCommands.value };
}

async function good<T>(asked: ReturnType<Api>): Promise<T> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as T;
}
