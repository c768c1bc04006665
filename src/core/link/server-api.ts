import { Availability, type AvailabilityPatch } from '#contract/availability.ts';
import { type Command, CommandAnswer, KnownAnswer } from '#contract/command.ts';
import type { SnapshotReason } from '#contract/history.ts';
import { Order, type OrderDraft, OrderList } from '#contract/order.ts';
import { PairAnswer, Store } from '#contract/store.ts';
import { ChangeList, type Position, SNAPSHOT_REASON_HEADER, Snapshot, SyncAnswer } from '#contract/sync.ts';
import type { HttpRequest, Ports } from '../ports.ts';
import { refusalOf, ServerError } from './server-error.ts';
import { limited } from './time-limit.ts';

/** Time limits for an answer, ms; a snapshot of a large store takes a while on a slow line. */
const ANSWER_MS = 10_000;
const SNAPSHOT_MS = 60_000;
/** A person waits for these, and a page gives up on a call after 10 s; a call makes at most two. */
const AVAILABILITY_MS = 4_000;
const TOKEN_MS = 4_000;
const SYNC_LIMIT = 500;

/** The server's address and this device's token. */
export interface Target {
  /** Scheme, host and port. */
  origin: string;
  token: string;
}

/** `http://host:port` of an address as typed, without path or query. */
export const originOf = (serverUrl: string): string => /^https?:\/\/[^/?#]+/i.exec(serverUrl)?.[0] ?? serverUrl;

export type ServerApi = ReturnType<typeof createServerApi>;
type Api = Pick<Ports, 'http' | 'clock'>;

/** The calls a display makes over HTTP (contract, section 5). Each throws only {@link ServerError}. */
export function createServerApi(ports: Api, { origin, token }: Target) {
  const call = caller(ports, origin, token);
  return {
    /** @param answered this display's last answered command (C3) */
    sync({ epoch, cursor, hash }: Position, answered: string | null) {
      const where = `epoch=${encodeURIComponent(epoch ?? '')}&cursor=${cursor}`;
      const proof = hash === null ? '' : `&hash=${encodeURIComponent(hash)}`;
      const ledger = answered === null ? '' : `&answered=${answered}`;
      return call(SyncAnswer, 'GET', `/sync?${where}${proof}${ledger}&limit=${SYNC_LIMIT}`);
    },
    snapshot: (reason: SnapshotReason) =>
      call(Snapshot, 'GET', '/snapshot', { ms: SNAPSHOT_MS, headers: { [SNAPSHOT_REASON_HEADER]: reason } }),
    commands: (commands: Command[]) => call(CommandAnswer, 'POST', '/commands', { body: { commands } }),
    known: (ids: string[]) => call(KnownAnswer, 'POST', '/commands/known', { body: { ids } }),
    /** Newest first by `createdAt`; empty filters match everything. */
    orders({ q, status, before, limit }: { q: string; status: string; before: string | null; limit: number }) {
      const asked = Object.entries({ q, status, before: before ?? '' }).filter(([, value]) => value);
      const more = asked.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
      return call(OrderList, 'GET', `/orders?limit=${limit}${more.join('')}`);
    },
    /** Oldest first, each with its order. */
    orderHistory: (id: string) => call(ChangeList, 'GET', `/orders/${encodeURIComponent(id)}/history`),
    availability: (storeId: string) => call(Availability, 'GET', availabilityOf(storeId), { ms: AVAILABILITY_MS }),
    setAvailability: (storeId: string, patch: AvailabilityPatch) =>
      call(Availability, 'PATCH', availabilityOf(storeId), { body: patch, ms: AVAILABILITY_MS }),
    /** The answer is an earlier order if its `externalId` was seen before. */
    placeOrder: (order: OrderDraft) => call(Order, 'POST', '/orders', { body: order }),
    /** Whether the token is an integration's: it may place orders, and do no more than that needs. Places none. */
    async isIntegration(storeId: string): Promise<boolean> {
      const codes = await Promise.all([
        codeOf(call(Anything, 'POST', '/orders', { body: {}, ms: TOKEN_MS })),
        codeOf(call(Anything, 'GET', `/stores/${encodeURIComponent(storeId)}/devices`, { ms: TOKEN_MS })),
      ]);
      return codes[0] === 'invalid_request' && codes[1] === 'forbidden';
    },
    /** The token's store, or null when the server lists none. */
    async store(): Promise<Store | null> {
      const { stores } = await call(StoreList, 'GET', '/stores');
      return stores[0] ?? null;
    },
  };
}

const availabilityOf = (storeId: string): string => `/stores/${storeId}/availability`;

/**
 * Trades a pairing code for a token. Throws {@link ServerError}; status 404 for a wrong, used or expired code.
 *
 * @param key the same when it is tried again: an answer may have been lost. Whoever knows it and the code may pair, for ten minutes
 */
export function pair(
  ports: Api,
  origin: string,
  { key, ...body }: { code: string; deviceName: string; key: string },
): Promise<PairAnswer> {
  return caller(ports, origin, null)(PairAnswer, 'POST', '/pair', { body, headers: { 'idempotency-key': key } });
}

/** The part of a zod schema used here; declared so that the core imports no package. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}
const StoreList: Schema<{ stores: Store[] }> = {
  safeParse(body) {
    const stores = Store.array().safeParse((body as { stores?: unknown } | null)?.stores);
    return stores.success ? { success: true, data: { stores: stores.data } } : { success: false };
  },
};

const Anything: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };

/** The code of the server's error; null: it is none. Throws if the server did not answer. */
async function codeOf(answer: Promise<unknown>): Promise<string | null> {
  try {
    await answer;
    return null;
  } catch (error) {
    if (error instanceof ServerError && error.code !== null) return error.code;
    throw error;
  }
}

function caller({ http, clock }: Api, origin: string, token: string | null) {
  return async <T>(
    schema: Schema<T>,
    method: HttpRequest['method'],
    path: string,
    { body, headers, ms = ANSWER_MS }: { body?: unknown; headers?: Record<string, string>; ms?: number } = {},
  ): Promise<T> => {
    const { answer, cancel } = http.request({
      method,
      url: `${origin}/api/v1${path}`,
      token,
      body,
      ...(headers && { headers }),
    });
    const got = await limited(clock, ms, answer, cancel).catch((error: Error) => {
      throw new ServerError('server_away', error.message);
    });
    if (got.status < 200 || got.status > 299) throw refusalOf(got);
    const parsed = schema.safeParse(got.body);
    if (!parsed.success) throw new ServerError('server_error', 'the answer does not follow the contract', got.status);
    return parsed.data;
  };
}
