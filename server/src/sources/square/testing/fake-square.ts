import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServiceClock } from '../../testing/fake-service.ts';
import { squarePayload } from './square-payload.ts';

interface Fulfillment {
  uid: string;
  state: string;
}
type SquareJson = Record<string, unknown> & {
  id: string;
  version: number;
  state: string;
  updated_at: string;
  fulfillments?: Fulfillment[];
};
export interface Request {
  /** On the clock of `performance.now()`, ms. */
  at: number;
  method: string;
  path: string;
  body: { cursor?: string; order?: Record<string, unknown> } | undefined;
}
interface Failure {
  status: number;
  headers?: Record<string, string>;
}
interface Query {
  location_ids: string[];
  cursor?: string;
  limit?: number;
  query: {
    filter: { date_time_filter?: { updated_at: { start_at: string } }; state_filter?: { states: string[] } };
    sort: { sort_field: string; sort_order: string };
  };
}

const ACCESS = { accessToken: 'token', signatureKey: 'hush' };
const ENDED = ['COMPLETED', 'CANCELED', 'FAILED'];

/** A location in Square over HTTP: search with its pages, orders with their versions, and its way to sign. */
export async function createFakeSquare({ accessToken, signatureKey } = ACCESS) {
  const orders = new Map<string, SquareJson>();
  const requests: Request[] = [];
  const failures: Failure[] = [];
  const hidden = new Set<string>();
  let token = accessToken;
  const clock = createServiceClock('2026-11-21T10:00:00.000Z');
  const now = () => new Date(clock.next()).toISOString();
  const updates: { id: string; order: Record<string, unknown> }[] = [];
  let onAnswer: (() => void) | null = null;
  let onUpdate: (() => void) | null = null;

  const refuse = (status: number, code: string, detail: string): [number, unknown] => [
    status,
    { errors: [{ category: 'INVALID_REQUEST_ERROR', code, detail }] },
  ];

  /** Its cursors are places in a list that changes meanwhile. */
  function search({ location_ids, cursor, limit = 500, query: { filter, sort } }: Query): [number, unknown] {
    const { start_at: start = '' } = filter.date_time_filter?.updated_at ?? {};
    if (sort.sort_field !== 'UPDATED_AT') return refuse(400, 'BAD_REQUEST', 'Sort field and filter differ.');
    const all = [...orders.values()]
      .filter((one) => location_ids.includes(String(one.location_id)) && one.updated_at >= start)
      .filter(({ state }) => filter.state_filter?.states.includes(state) ?? true)
      .sort((a, b) => a.updated_at.localeCompare(b.updated_at) || a.id.localeCompare(b.id));
    if (sort.sort_order === 'DESC') all.reverse();
    const from = Number(cursor ?? 0);
    const isMore = all.length > from + limit;
    // Without orders, Square leaves the field out.
    const found = all.slice(from, from + limit);
    return [200, { ...(found.length > 0 && { orders: found }), ...(isMore && { cursor: String(from + limit) }) }];
  }

  function update(order: SquareJson, given: Partial<SquareJson>): [number, unknown] {
    if (given.version !== order.version)
      return refuse(
        400,
        'VERSION_MISMATCH',
        `Supplied version ${given.version} does not match the current version ${order.version} of order ${order.id}.`,
      );
    if (order.state !== 'OPEN') return refuse(400, 'BAD_REQUEST', `Order is already in state ${order.state}.`);
    const before = order.fulfillments ?? [];
    const isEnded = ({ uid }: Fulfillment) => ENDED.includes(before.find((one) => one.uid === uid)?.state ?? '');
    if (given.fulfillments?.some(isEnded)) return refuse(400, 'BAD_REQUEST', 'The fulfillment cannot be changed.');
    const fulfillments = before.map((one) => ({
      ...one,
      ...given.fulfillments?.find(({ uid }) => uid === one.uid),
    }));
    if (given.state === 'COMPLETED' && !fulfillments.every(({ state }) => ENDED.includes(state)))
      return refuse(400, 'BAD_REQUEST', 'All fulfillments must have a state of COMPLETED, CANCELED, or FAILED.');
    updates.push({ id: order.id, order: given });
    change(order.id, { ...(given.state && { state: given.state }), fulfillments });
    return [200, { order: orders.get(order.id) }];
  }

  function change(id: string, changes: Record<string, unknown>): void {
    const before = orders.get(id);
    if (!before) throw new Error(`There is no order ${id}`);
    orders.set(id, { ...before, updated_at: now(), version: before.version + 1, ...changes });
  }

  function answer({ method, path, body }: Request): [number, unknown] {
    if (path === '/v2/orders/search') return search(body as unknown as Query);
    const order = orders.get(path.replace('/v2/orders/', ''));
    if (!order) return refuse(404, 'NOT_FOUND', 'Order not found.');
    if (method === 'GET' && hidden.has(order.id)) return refuse(404, 'NOT_FOUND', 'Order not found.');
    return method === 'PUT' ? update(order, body?.order ?? {}) : [200, { order }];
  }

  const server = createServer(async (incoming, response) => {
    const text = Buffer.concat(await incoming.toArray()).toString();
    const request: Request = {
      at: performance.now(),
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      body: text ? JSON.parse(text) : undefined,
    };
    requests.push(request);
    const failure = failures.shift();
    if (failure) return send(response, ...refuse(failure.status, 'RATE_LIMITED', 'Not now.'), failure.headers);
    if (incoming.headers.authorization !== `Bearer ${token}` || !incoming.headers['square-version'])
      return send(response, ...refuse(401, 'UNAUTHORIZED', 'This request could not be authorized.'));
    if (request.method === 'PUT') onUpdate?.();
    send(response, ...answer(request));
    onAnswer?.();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** As it is. */
    put: (order: Record<string, unknown>) => void orders.set(String(order.id), order as SquareJson),
    /** A new order, by Square's clock. */
    place(id: string, changes: Record<string, unknown> = {}) {
      const at = now();
      orders.set(id, squarePayload({ id, created_at: at, updated_at: at, ...changes }) as SquareJson);
    },
    change,
    get: (id: string) => orders.get(id),
    statesOf: (id: string) => orders.get(id)?.fulfillments?.map(({ state }) => state) ?? [],
    /** What it was given about an order, and took. */
    updatesOf: (id: string) => updates.filter((one) => one.id === id).map(({ order }) => order),
    pass: clock.pass,
    /** Answers the next call with this. */
    failNext: (status: number, headers?: Record<string, string>) =>
      void failures.push({ status, ...(headers && { headers }) }),
    /** Does not show this order alone; the search has it. */
    hide: (id: string) => void hidden.add(id),
    revokeToken() {
      token = '';
    },
    /** Called after each answer. */
    afterAnswer(listener: (() => void) | null) {
      onAnswer = listener;
    },
    /** Called before each update of an order. */
    beforeUpdate(listener: (() => void) | null) {
      onUpdate = listener;
    },
    /** An event about an order, signed for an address; it names the order and has nothing of it. */
    event(id: string, eventsUrl: string, { type = 'order.updated', about = {}, key = signatureKey } = {}) {
      const object = { [type.replaceAll('.', '_')]: { order_id: id, location_id: 'L1', version: 1, ...about } };
      const event = { merchant_id: 'M1', type, event_id: 'E1', data: { type: 'order_updated', id, object } };
      const body = Buffer.from(JSON.stringify(event));
      const signature = createHmac('sha256', key).update(eventsUrl).update(body).digest('base64');
      return { body, headers: { 'content-type': 'application/json', 'x-square-hmacsha256-signature': signature } };
    },
    close: () => void server.close().closeAllConnections(),
  };
}
export type FakeSquare = Awaited<ReturnType<typeof createFakeSquare>>;

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
