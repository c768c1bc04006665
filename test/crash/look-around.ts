import type { Change, SyncAnswer } from '#contract/sync.ts';
import { allOrders } from '#test/support/all-orders.ts';
import type { Api } from '#test/support/api.ts';
import type { BridgePage } from '#test/support/bridge-page.ts';
import type { Aftermath, DisplayAftermath } from './judge.ts';

/** A display as it was enrolled, and the page that looks at it. */
export interface Seen {
  name: string;
  deviceId: string;
  /** Its own token, to ask the server what it knows of it. */
  api: Api;
  page: BridgePage;
}

/** Reads both ends whole, over the outer contract only. */
export async function lookAround(shop: Api, displays: Seen[]): Promise<Aftermath> {
  const orders = await allOrders(shop);
  const histories = new Map<string, Change[]>();
  for (const { id } of orders)
    histories.set(id, (await good<{ changes: Change[] }>(shop('GET', `/orders/${id}/history`))).changes);
  return { orders, histories, displays: await Promise.all(displays.map(lookAt)) };
}

async function lookAt({ name, deviceId, api, page }: Seen): Promise<DisplayAftermath> {
  // Whatever the mode of the answer, it carries `lastN`.
  const { lastN } = await good<SyncAnswer>(api('GET', '/sync?cursor=0&limit=1'));
  const [board, status, failedCommands] = await Promise.all([
    page.call('getBoard', null),
    page.call('getStatus', null),
    page.call('getFailedCommands', null),
  ]);
  if (!board.ok || !status.ok || !failedCommands.ok) throw new Error(`${name} does not say what it shows`);
  return { name, deviceId, lastN, board: board.value, status: status.value, failedCommands: failedCommands.value };
}

async function good<T>(asked: ReturnType<Api>): Promise<T> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as T;
}
