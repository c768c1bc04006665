import { randomUUID } from 'node:crypto';
import { type Client, client } from './client.ts';
import { connect, type LinkOptions, type Position } from './display-link.ts';
import { aDraft } from './drafts.ts';
import { bodyOf, orderOf } from './expect.ts';
import { CommandAnswer, Delta, History, Known, NewDevice, type Order, type Result, Snapshot, Store } from './shapes.ts';
import type { Subject } from './subject.ts';

/** One run of one check against a server. */
interface Trial extends Subject {
  /** Runs when the check has ended, passed or failed; the last one added first. */
  after(undo: () => unknown): void;
}

export interface Device extends Client {
  token: string;
  deviceId: string;
}

/** A store for one check only, so that checks can run in parallel on one server. */
export type Shop = ReturnType<typeof shopOf>;

type Headers = Record<string, string>;

export async function openShop(trial: Trial): Promise<Shop> {
  const id = `conf-${randomUUID().slice(0, 13)}`;
  const admin = client(trial, trial.adminToken);
  const store = { id, name: `Conformance ${id}`, currency: 'GEL', timeZone: 'Asia/Tbilisi' };
  bodyOf(await admin.post('/stores', store), 201, Store);
  const device = (role: string) => newDevice(trial, admin, id, role, role);
  return shopOf(trial, id, await device('integration'), await device('display'));
}

/** The same store on another server, which has its database. */
export function movedTo(shop: Shop, server: Subject): Shop {
  const moved = { ...shop, ...server };
  const again = ({ token, deviceId }: Device) => ({ ...client(moved, token), token, deviceId });
  return shopOf(moved, shop.id, again(shop.integration), again(shop.display));
}

async function newDevice(trial: Trial, admin: Client, storeId: string, role: string, name: string): Promise<Device> {
  const answer = await admin.post(`/stores/${storeId}/devices`, { name, role });
  const { deviceId, token } = bodyOf(answer, 201, NewDevice);
  return { ...client(trial, token), deviceId, token };
}

export const syncPath = ({ epoch, cursor, hash }: Position, more = ''): string =>
  `/sync?epoch=${epoch}&cursor=${cursor}${hash === null ? '' : `&hash=${hash}`}${more}`;

function shopOf(trial: Trial, id: string, integration: Device, display: Device) {
  const admin = client(trial, trial.adminToken);

  const onOrder =
    (method: string, tail = '') =>
    (orderId: string, body?: unknown, headers?: Headers) =>
      integration.send(method, `/orders/${orderId}${tail}`, { body, headers });
  /** Calls as the integration; answers are unchecked. */
  const raw = {
    create: (draft?: Record<string, unknown>) => integration.post('/orders', aDraft(draft)),
    patch: onOrder('PATCH'),
    move: onOrder('POST', '/status'),
    pay: onOrder('POST', '/payment'),
    remove: (orderId: string, headers?: Headers) => onOrder('DELETE')(orderId, undefined, headers),
  };

  /**
   * Places an order as the store's integration. A `delivering` one is a delivery. A rejected or cancelled one is placed and then
   * ended with a reason, which `POST /orders` does not accept.
   */
  async function place({ status, ...change }: Record<string, unknown> = {}): Promise<Order> {
    const ended = status === 'rejected' || status === 'cancelled';
    const draft = {
      ...(status === undefined || ended ? {} : { status }),
      ...(status === 'delivering' ? { fulfilment: 'delivery' } : {}),
      ...change,
    };
    const order = orderOf(await raw.create(draft), 201);
    return ended ? setStatus(order.id, status, 'no dough') : order;
  }
  const setStatus = async (orderId: string, status: string, reason?: string): Promise<Order> =>
    orderOf(await raw.move(orderId, { status, reason }));

  const snapshot = async (who: Client = display) => bodyOf(await who.get('/snapshot'), 200, Snapshot);
  /** Position of a display that has just taken a snapshot. */
  async function position(): Promise<Position & { epoch: string }> {
    const { epoch, seq, hash } = await snapshot();
    return { epoch, cursor: seq, hash };
  }
  /** `GET /sync` from there, which must be answered with a delta. */
  const delta = async (from: Position, limit = 200) =>
    bodyOf(await display.get(syncPath(from, `&limit=${limit}`)), 200, Delta);

  /** Sends commands over HTTP, as the store's first display or another. */
  const command = async (commands: unknown[], who: Client = display) =>
    bodyOf(await who.post('/commands', { commands }), 200, CommandAnswer);

  const link = (options: LinkOptions = {}) => connect(trial.url, { token: display.token, ...options }, trial.after);

  return {
    ...trial,
    ...raw,
    id,
    admin,
    integration,
    display,
    nobody: client(trial, null),
    as: (token: string | null) => client(trial, token),
    addDevice: (role: 'display' | 'integration' | 'manager', name: string = role) =>
      newDevice(trial, admin, id, role, name),

    place,
    /** Places so many orders at once. */
    placeMany: (count: number, change = {}) => Promise.all(Array.from({ length: count }, () => place(change))),
    setStatus,
    order: async (orderId: string) => orderOf(await integration.get(`/orders/${orderId}`)),
    history: async (orderId: string) =>
      bodyOf(await integration.get(`/orders/${orderId}/history`), 200, History).changes,

    snapshot,
    position,
    /** The log's first position: cursor 0 with the hash null (S3). */
    start: async () => ({ epoch: (await position()).epoch, cursor: 0, hash: null }),
    delta,
    /** All changes after a position, batch by batch. */
    async changes(from: Position, limit = 200) {
      const changes = [];
      for (let at = from; ; ) {
        const next = await delta(at, limit);
        changes.push(...next.changes);
        at = { epoch: next.epoch, cursor: next.to, hash: next.hash };
        if (next.to >= next.head) return { changes, position: at };
      }
    },

    command,
    /** The answer to a single command. */
    async commandOne(one: unknown, who: Client = display): Promise<Result> {
      const { results } = await command([one], who);
      const [result] = results;
      if (!result || results.length !== 1) throw new Error(`one command, answered ${JSON.stringify(results)}`);
      return result;
    },
    /** Which of these commands the server has answered. */
    known: async (ids: string[], who: Client = display) =>
      bodyOf(await who.post('/commands/known', { ids }), 200, Known).known,

    connect: link,
    /** `data.code` of a handshake that is refused (contract, section 6); 'connected' when it is not. */
    refusal: (options: LinkOptions): Promise<unknown> =>
      link(options).then(
        () => 'connected',
        (error: Error & { data?: { code?: unknown } }) => error.data?.code,
      ),
    /** A connected display at the head, which gets every change from there. */
    async live(options: LinkOptions = {}) {
      const live = await link(options);
      const from = await position();
      const answer = await live.hello(from);
      if (answer.mode !== 'delta') throw new Error(`hello after a snapshot: ${JSON.stringify(answer)}`);
      return { ...live, position: from };
    },
  };
}
