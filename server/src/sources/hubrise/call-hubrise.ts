import type { ServiceAccess, TheirOrder } from '../adapter.ts';
import { Refused, type ServiceClient } from '../service-client.ts';
import { HubRiseOrder } from './hubrise-order.ts';
import type { Shop } from './map-order.ts';

/** A connection may not call more often: https://developers.hubrise.com/api/general-concepts#rate-limiting */
export const BUDGETS: ServiceAccess['budgets'] = [
  { calls: 500, seconds: 60 },
  { calls: 2_500, seconds: 3_600 },
  { calls: 10_000, seconds: 86_400 },
  { calls: 10, seconds: 60, of: /^GET \/locations\/[^/]+\/orders$/ },
];
/** For how long a status that was read need not be read again before a receipt is written over it, ms. */
const FRESH_MS = 10_000;
/** Most statuses that are remembered. */
const MOST = 1_000;

/** What the calls of one source share. */
export interface HubRise {
  client: ServiceClient;
  locationId: string;
  eventsUrl: string;
  shop: Shop;
  now(): number;
  /** Waits until nobody else reads orders: what was read first is stored first. @returns ends it */
  turn(): Promise<() => void>;
  /** The order as it is now; null: it is not there, or cannot be read. */
  read(id: string): Promise<HubRiseOrder | null>;
  /** The statuses of orders that were just read. */
  seen: { add(order: HubRiseOrder): void; statusOf(id: string): string | null };
}

export function callHubRise(parts: Pick<HubRise, 'client' | 'locationId' | 'eventsUrl' | 'shop' | 'now'>): HubRise {
  const { client, locationId, now } = parts;
  const statuses = new Map<string, { status: string; at: number }>();
  let last: Promise<void> = Promise.resolve();

  const seen: HubRise['seen'] = {
    add({ id, status }) {
      statuses.delete(id);
      statuses.set(id, { status, at: now() });
      const [oldest] = statuses.keys();
      if (statuses.size > MOST && oldest !== undefined) statuses.delete(oldest);
    },
    statusOf(id) {
      const known = statuses.get(id);
      return known && now() - known.at < FRESH_MS && now() >= known.at ? known.status : null;
    },
  };

  return {
    ...parts,
    seen,
    async turn() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
    async read(id) {
      const answer = await client.call('GET', `/locations/${locationId}/orders/${id}`).catch(noneIf404);
      const { success, data } = HubRiseOrder.safeParse(answer);
      if (!success || data.id !== id) return null;
      seen.add(data);
      return data;
    },
  };
}

/** Throws other errors. */
export function noneIf404(error: unknown): undefined {
  if (!(error instanceof Refused && error.status === 404)) throw error;
}

/** It was just read, and HubRise does not say when it changed. */
export const asItIs = (order: TheirOrder): TheirOrder => ({ ...order, isCurrent: true });
