import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
type OrderJson = Json & { id: string; status: string; created_at: string };
interface EventJson extends Json {
  id: string;
  created_at: string;
  order_id: string;
}
interface Asked {
  method: string;
  path: string;
  body: Json | undefined;
}
type Answer = [status: number, body: unknown, headers?: Record<string, string>];

const PAGE = 100;
const STATUSES = [
  ...['new', 'received', 'accepted', 'in_preparation', 'awaiting_shipment', 'awaiting_collection'],
  ...['in_delivery', 'completed', 'rejected', 'cancelled', 'delivery_failed'],
];
const MAY_CHANGE = ['status', 'confirmed_time', 'seller_notes', 'collection_code', 'private_ref', 'custom_fields'];

/**
 * A location of HubRise over HTTP: its callback with events, its orders, its limits, and its way to sign. Without a callback
 * there are no events, and none for what the connection itself changes. Lists of events are without states.
 *
 * @param now its clock, ms since 1970
 */
export async function createFakeHubRise(now: () => number = Date.now) {
  const locationId = '3r4s3-1';
  const access = { accessToken: 'tok', clientSecret: 'hush' };
  const orders = new Map<string, OrderJson>();
  let events: EventJson[] = [];
  let callback: { url: string | null; events: Record<string, string[]> } = { url: null, events: {} };
  const requests: Asked[] = [];
  const statuses: { id: string; status: string; body: Json; before: string }[] = [];
  const calls: number[] = [];
  const failures: Answer[] = [];
  const hidden = new Set<string>();
  const lists: number[] = [];
  let isRevoked = false;
  let made = 0;
  let onAnswer: (() => void) | null = null;
  let onRequest: ((asked: Asked) => unknown) | null = null;

  const iso = () => new Date(now()).toISOString();
  /** @param createdAt ISO; by default now */
  function event(order: OrderJson, type: 'create' | 'update', createdAt = iso()): EventJson {
    made += 1;
    return {
      id: `e${made}`,
      resource_type: 'order',
      event_type: type,
      created_at: createdAt,
      location_id: locationId,
      order_id: order.id,
      ...(type === 'update' && { previous_state: {} }),
      new_state: structuredClone(order),
    };
  }
  function record(one: EventJson): void {
    if (callback.events.order?.includes(String(one.event_type))) events.push(one);
  }

  /** At most 100 from the cursor on; the cursor is the id of the next one. */
  function page<T extends { id: string }>(all: readonly T[], cursor: string | null): [T[], Record<string, string>] {
    const from = Math.max(0, cursor === null ? 0 : all.findIndex(({ id }) => id === cursor));
    const next = all[from + PAGE];
    return [all.slice(from, from + PAGE), next ? { 'x-cursor-next': next.id } : {}];
  }

  function answer(method: string, { pathname, searchParams }: URL, body: Json = {}): Answer {
    const notFound: Answer = [404, { error_type: 'not_found' }];
    const [, part = '', id] =
      /^\/v1\/(callback|callback\/events|locations\/[\w-]+\/orders)(?:\/([\w-]+))?$/.exec(pathname) ?? [];
    if (part === 'callback' && pathname === '/v1/callback/events') return listEvents();
    if (part === 'callback') {
      if (method === 'POST') callback = { url: null, ...body } as typeof callback;
      return [200, callback];
    }
    if (part === 'callback/events') {
      const found = events.find((one) => one.id === id);
      if (!found) return notFound;
      if (method === 'DELETE') events = events.filter((one) => one !== found);
      return [200, method === 'DELETE' ? {} : found];
    }
    if (pathname === '/v1/location') return [200, { id: locationId, name: 'Paris' }];
    if (part !== `locations/${locationId}/orders`) return notFound;
    if (id === undefined) return listOrders();
    const order = orders.get(id);
    if (!order || hidden.has(id)) return notFound;
    return method === 'PATCH' ? change(order, body) : [200, order];

    function listEvents(): Answer {
      const [found, headers] = page(events, searchParams.get('cursor'));
      const thin = found.map(({ new_state: _new, previous_state: _before, ...rest }) => rest);
      return [200, thin, headers];
    }
    function listOrders(): Answer {
      const at = performance.now();
      if (lists.filter((one) => at - one < 60_000).length >= 10) return [429, { error_type: 'too_many_requests' }];
      lists.push(at);
      const after = Date.parse(searchParams.get('after') ?? '1970-01-01');
      const since = [...orders.values()].filter(({ created_at: at }) => Date.parse(at) >= after).reverse();
      return [200, ...page(since, searchParams.get('cursor'))];
    }
  }

  function change(order: OrderJson, body: Json): Answer {
    const wrong = Object.keys(body).find((field) => !MAY_CHANGE.includes(field));
    const field = wrong ?? (STATUSES.includes(String(body.status)) ? null : 'status');
    const errors = [{ field, message: 'is not valid' }];
    if (field) return [422, { message: 'Validation failed', errors, error_type: 'unprocessable_entity' }];
    statuses.push({ id: order.id, status: String(body.status), body, before: order.status });
    Object.assign(order, body);
    return [200, order];
  }

  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const url = new URL(request.url ?? '/', 'http://hubrise.example');
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      body: text ? (JSON.parse(text) as Json) : undefined,
    };
    requests.push(asked);
    calls.push(performance.now());
    await onRequest?.(asked);
    if (response.destroyed) return;
    const isKnown = !isRevoked && request.headers['x-access-token'] === access.accessToken;
    const [status, json, headers] =
      failures.shift() ??
      (isKnown
        ? answer(asked.method, url, asked.body)
        : [
            401,
            { message: 'The access token is invalid or the connection has been revoked', error_type: 'unauthorized' },
          ]);
    const date = new Date(now()).toUTCString();
    response.writeHead(status, { 'content-type': 'application/json', date, ...headers }).end(JSON.stringify(json));
    onAnswer?.();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    calls,
    /** What was written by `PATCH`, in order. */
    statuses,
    get: (id: string) => orders.get(id),
    callback: () => callback,
    setCallback(given: typeof callback) {
      callback = given;
    },
    /** Ids of the events that wait. */
    waiting: () => events.map(({ id }) => id),
    /** Another program places an order, or has placed it before. @returns its event */
    place(order: Json, { isLost = false, at }: { isLost?: boolean; at?: string } = {}): EventJson {
      orders.set(String(order.id), order as OrderJson);
      const made = event(order as OrderJson, 'create', at);
      if (!isLost) record(made);
      return made;
    },
    /** Another program changes an order. @returns its event */
    change(id: string, changes: Json, { isLost = false, at }: { isLost?: boolean; at?: string } = {}): EventJson {
      const order = orders.get(id);
      if (!order) throw new Error(`no order ${id}`);
      Object.assign(order, changes);
      const made = event(order, 'update', at);
      if (!isLost) record(made);
      return made;
    },
    /** Puts events into the list, such as an old one after a newer one. */
    tell: (...some: readonly EventJson[]) => void events.push(...some),
    /** Answers the next calls with these. */
    failNext: (...answers: readonly Answer[]) => void failures.push(...answers),
    /** Does not show this order, alone or at all. */
    hide: (id: string) => void hidden.add(id),
    revokeToken() {
      isRevoked = true;
    },
    /** Called after each answer. */
    afterAnswer(listener: (() => void) | null) {
      onAnswer = listener;
    },
    /** Called, and waited for, before a call has an effect; it has none if the caller goes away meanwhile. */
    onRequest(listener: typeof onRequest) {
      onRequest = listener;
    },
    /** The delivery of an event to an active callback. */
    delivery(one: EventJson) {
      const body = Buffer.from(JSON.stringify(one));
      const signature = createHmac('sha256', access.clientSecret).update(body).digest('hex');
      return { body, headers: { 'content-type': 'application/json', 'x-hubrise-hmac-sha256': signature } };
    },
    close: () => void server.close().closeAllConnections(),
  };
}
export type FakeHubRise = Awaited<ReturnType<typeof createFakeHubRise>>;
