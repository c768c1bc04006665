import { expect } from '@playwright/test';
import type { Availability } from '#contract/availability.ts';
import type { Order } from '#contract/order.ts';
import type { Device } from '#contract/store.ts';
import type { Change } from '#contract/sync.ts';
import { createApi } from '#test/support/api.ts';
import { ADMIN_TOKEN } from './server.ts';

/** What the shop gets for an order that it places. */
export type Placed = Order & { tracking: { token: string; url: string } };

/** A store with an integration that places orders over HTTP. */
export interface Shop {
  storeId: string;
  /** The integration's token. */
  token: string;
  /** Places an order; `change` overrides fields. */
  order(change?: Record<string, unknown>): Promise<Placed>;
  /** Places several such orders. */
  orders(count: number, change?: Record<string, unknown>): Promise<Order[]>;
  /** The address of all orders with this `customer.ref`. */
  customerLink(ref: string): Promise<string>;
  read(order: Order): Promise<Order>;
  /** Waits until the server has the order with these fields. */
  expect(order: Order, fields: Partial<Order>): Promise<void>;
  history(order: Order): Promise<Change[]>;
  patch(order: Order, body: Record<string, unknown>): Promise<Order>;
  setStatus(order: Order, status: string, reason?: string): Promise<Order>;
  setPayment(order: Order, status: string, method?: string): Promise<Order>;
  remove(order: Order): Promise<void>;
  /** The store's settings. */
  configure(settings: Record<string, unknown>): Promise<unknown>;
  /** What the store takes, as the server has it. */
  availability(): Promise<Availability>;
  setAvailability(patch: Partial<Availability>): Promise<Availability>;
  /** A token for another display. */
  displayToken(name: string): Promise<string>;
  pairingCode(): Promise<string>;
  /** Revokes a display's token. */
  revoke(name: string): Promise<void>;
}

export async function createShop(serverUrl: string, storeId = 'main'): Promise<Shop> {
  const admin = caller(serverUrl, ADMIN_TOKEN);
  await admin('POST', '/stores', { id: storeId, name: 'Main kitchen', currency: 'GEL', timeZone: 'Asia/Tbilisi' });
  const device = (name: string, role: string) =>
    admin<{ token: string }>('POST', `/stores/${storeId}/devices`, { name, role });
  const { token } = await device('Web shop', 'integration');
  const shop = caller(serverUrl, token);
  let count = 0;
  const order: Shop['order'] = (change) => shop('POST', '/orders', anOrderDraft(++count, change));
  const read: Shop['read'] = ({ id }) => shop('GET', `/orders/${id}`);
  return {
    storeId,
    token,
    order,
    orders: async (many, change) => {
      const placed: Order[] = [];
      while (placed.length < many) placed.push(await order(change));
      return placed;
    },
    customerLink: async (ref) =>
      (await shop<{ url: string }>('POST', `/stores/${storeId}/customer-links`, { ref })).url,
    read,
    expect: (one, fields) => expect.poll(() => read(one)).toMatchObject(fields),
    history: async ({ id }) => (await shop<{ changes: Change[] }>('GET', `/orders/${id}/history`)).changes,
    patch: ({ id }, body) => shop('PATCH', `/orders/${id}`, body),
    setStatus: ({ id }, status, reason) => shop('POST', `/orders/${id}/status`, { status, ...(reason && { reason }) }),
    setPayment: ({ id }, status, method) =>
      shop('POST', `/orders/${id}/payment`, { status, ...(method && { method }) }),
    remove: ({ id }) => shop('DELETE', `/orders/${id}`),
    configure: (settings) => admin('PATCH', `/stores/${storeId}`, { settings }),
    availability: () => admin('GET', `/stores/${storeId}/availability`),
    setAvailability: (patch) => admin('PATCH', `/stores/${storeId}/availability`, patch),
    displayToken: async (name) => (await device(name, 'display')).token,
    pairingCode: async () => (await admin<{ code: string }>('POST', `/stores/${storeId}/pairing-codes`)).code,
    revoke: async (name) => {
      const { devices } = await admin<{ devices: Device[] }>('GET', `/stores/${storeId}/devices`);
      await admin('DELETE', `/devices/${devices.find((device) => device.name === name)?.deviceId}`);
    },
  };
}

const anOrderDraft = (count: number, change: Record<string, unknown> = {}) => ({
  externalId: `web-${count}`,
  source: 'web',
  fulfilment: 'pickup',
  customer: { name: 'Нино 王 ญาดา' },
  items: [
    { id: 'i1', name: 'Khachapuri', quantity: 2, modifiers: [{ name: 'extra cheese' }], note: 'no egg' },
    { id: 'i2', name: 'Tarragon lemonade', quantity: 1 },
  ],
  currency: 'GEL',
  totalMinor: 2900,
  ...change,
});

/** Returns the body of a successful answer and throws for any other. */
export function caller(serverUrl: string, token: string) {
  const api = createApi(serverUrl, token);
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await api<T>(method, path, { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
}
