import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Subject } from './check.ts';
import { type Client, client } from './client.ts';
import { aDraft } from './drafts.ts';
import { bodyOf, orderOf } from './expect.ts';
import {
  CommandAnswer,
  Delta,
  History,
  type History as HistoryShape,
  Known,
  NewDevice,
  type Order,
  type Result,
  Snapshot,
  Store,
} from './shapes.ts';

/** A store of its own for one check, so that checks can run side by side on one server. */
export interface Shop {
  id: string;
  server: Subject;
  admin: Client;
  integration: Client;
  display: Client;
  /** Their device ids. */
  integrationId: string;
  displayId: string;
}

export interface Device extends Client {
  deviceId: string;
}

export async function openShop(server: Subject, draft: Record<string, unknown> = {}): Promise<Shop> {
  const admin = client(server, server.adminToken);
  const id = `conf-${randomUUID().slice(0, 13)}`;
  const body = { id, name: `Conformance ${id}`, currency: 'GEL', timeZone: 'Asia/Tbilisi', ...draft };
  bodyOf(await admin.post('/stores', body), 201, Store);
  const base = { id, server, admin };
  const [integration, display] = [await addDevice(base, 'integration'), await addDevice(base, 'display')];
  return { ...base, integration, display, integrationId: integration.deviceId, displayId: display.deviceId };
}

/** The same shop on another server, that goes on with its database. */
export function movedTo(shop: Shop, server: Subject): Shop {
  const again = (who: Client): Client => client(server, who.token);
  const [admin, integration, display] = [again(shop.admin), again(shop.integration), again(shop.display)];
  return { ...shop, server, admin, integration, display };
}

/** Another display or integration of the store. */
export async function addDevice(
  shop: Pick<Shop, 'id' | 'server' | 'admin'>,
  role: 'display' | 'integration',
  name: string = role,
): Promise<Device & { token: string }> {
  const answer = await shop.admin.post(`/stores/${shop.id}/devices`, { name, role });
  const { deviceId, token } = bodyOf(answer, 201, NewDevice);
  return { ...client(shop.server, token), deviceId, token };
}

/**
 * A new order by the store's integration. One that is `delivering` is a delivery; one that is rejected or cancelled was
 * placed and then ended with a reason, which `POST /orders` does not take.
 */
export async function place(shop: Shop, { status, ...change }: Record<string, unknown> = {}): Promise<Order> {
  const ended = status === 'rejected' || status === 'cancelled';
  const draft = {
    ...(status === undefined || ended ? {} : { status }),
    ...(status === 'delivering' ? { fulfilment: 'delivery' } : {}),
    ...change,
  };
  const order = orderOf(await shop.integration.post('/orders', aDraft(draft)), 201);
  return ended ? setStatus(shop, order.id, status, 'no dough') : order;
}

export async function orderNow(shop: Shop, id: string): Promise<Order> {
  return orderOf(await shop.integration.get(`/orders/${id}`));
}

export async function setStatus(shop: Shop, id: string, status: string, reason?: string): Promise<Order> {
  return orderOf(await shop.integration.post(`/orders/${id}/status`, { status, ...(reason ? { reason } : {}) }));
}

export async function historyOf(shop: Shop, id: string): Promise<z.output<typeof HistoryShape>['changes']> {
  return bodyOf(await shop.integration.get(`/orders/${id}/history`), 200, History).changes;
}

export async function snapshotOf(shop: Shop, who: Client = shop.display) {
  return bodyOf(await who.get('/snapshot'), 200, Snapshot);
}

/** Where a display stands. */
export interface Position {
  epoch: string | null;
  cursor: number;
  hash: string | null;
}

/** Where a display stands that has just taken a snapshot. */
export async function positionNow(shop: Shop): Promise<Position & { epoch: string }> {
  const { epoch, seq, hash } = await snapshotOf(shop);
  return { epoch, cursor: seq, hash };
}

export const syncPath = ({ epoch, cursor, hash }: Position, more = ''): string =>
  `/sync?epoch=${epoch}&cursor=${cursor}${hash === null ? '' : `&hash=${hash}`}${more}`;

/** `GET /sync` from there, which must be answered with a delta. */
export async function deltaFrom(shop: Shop, position: Position, limit = 200) {
  return bodyOf(await shop.display.get(syncPath(position, `&limit=${limit}`)), 200, Delta);
}

/** All changes after a position, batch by batch. */
export async function changesFrom(shop: Shop, position: Position, limit = 200) {
  const changes = [];
  for (let at = position; ; ) {
    const delta = await deltaFrom(shop, at, limit);
    changes.push(...delta.changes);
    at = { epoch: delta.epoch, cursor: delta.to, hash: delta.hash };
    if (delta.to >= delta.head) return { changes, position: at };
  }
}

/** The log's first position: cursor 0, whose hash is null (S3). */
export async function startOfLog(shop: Shop): Promise<Position & { epoch: string }> {
  return { epoch: (await positionNow(shop)).epoch, cursor: 0, hash: null };
}

/** Commands over HTTP, as the store's first display or another. */
export async function command(shop: Shop, commands: unknown[], who: Client = shop.display): Promise<CommandAnswer> {
  return bodyOf(await who.post('/commands', { commands }), 200, CommandAnswer);
}

/** Which of these commands the server has answered. */
export async function knownOf(shop: Shop, ids: string[], who: Client = shop.display): Promise<string[]> {
  return bodyOf(await who.post('/commands/known', { ids }), 200, Known).known;
}

/** The answer to a single command. */
export async function commandOne(shop: Shop, one: unknown, who: Client = shop.display): Promise<Result> {
  const { results } = await command(shop, [one], who);
  const [result] = results;
  if (!result || results.length !== 1) throw new Error(`one command, answered ${JSON.stringify(results)}`);
  return result;
}
