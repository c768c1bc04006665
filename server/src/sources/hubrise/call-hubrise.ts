import type { IncomingHttpHeaders } from 'node:http';
import type { Budget, TheirOrder } from '../adapter.ts';
import { Refused, type ServiceClient } from '../service-client.ts';
import { createMemory, type Memory } from './create-memory.ts';
import { HubRiseOrder, msOf } from './hubrise-order.ts';
import type { Shop } from './map-order.ts';

/** A connection may not call more often: https://developers.hubrise.com/api/general-concepts#rate-limiting */
export const BUDGETS: readonly Budget[] = [
  { calls: 500, seconds: 60 },
  { calls: 2_500, seconds: 3_600 },
  { calls: 10_000, seconds: 86_400 },
  { calls: 10, seconds: 60, of: /^GET \/locations\/[^/]+\/orders$/ },
];

export interface HubRiseParts {
  client: ServiceClient;
  locationId: string;
  eventsUrl: string;
  shop: Shop;
  now(): number;
}

/** What the calls of one source share. */
export interface HubRise extends HubRiseParts {
  memory: Memory;
  /** Waits until nobody else reads orders: what was read first is stored first. @returns ends it */
  turn(): Promise<() => void>;
  /** The order as it is now; null: it is not there, or cannot be read. */
  read(id: string): Promise<HubRiseOrder | null>;
  /** @returns the order after it, as far as HubRise shows it */
  write(id: string, body: { status: string; confirmed_time?: string }): Promise<HubRiseOrder>;
  /** Their clock in an answer, ms since 1970; ours if it shows none. */
  clockOf(headers: IncomingHttpHeaders): number;
}

export function callHubRise(parts: HubRiseParts): HubRise {
  const { client, locationId, now } = parts;
  const memory = createMemory(now);
  const pathOf = (id: string) => `/locations/${locationId}/orders/${id}`;
  const clockOf = ({ date }: IncomingHttpHeaders) => msOf(date ?? '') || now();
  let last: Promise<void> = Promise.resolve();

  return {
    ...parts,
    memory,
    clockOf,
    async turn() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
    async read(id) {
      const { success, data } = HubRiseOrder.safeParse(await client.call('GET', pathOf(id)).catch(noneIf404));
      if (!success || data.id !== id) return null;
      memory.saw(data);
      return data;
    },
    async write(id, body) {
      const answer = await client.call('PATCH', pathOf(id), {
        body,
        onHeaders: (headers) => memory.written.set(id, { status: body.status, at: clockOf(headers) }),
      });
      return { ...HubRiseOrder.catch(HubRiseOrder.parse({ id })).parse(answer), status: body.status };
    },
  };
}

/** Throws other errors. */
export function noneIf404(error: unknown): undefined {
  if (!(error instanceof Refused && error.status === 404)) throw error;
}

/** It was just read, and HubRise does not say when it changed. */
export const asItIs = (order: TheirOrder): TheirOrder => ({ ...order, isCurrent: true });
