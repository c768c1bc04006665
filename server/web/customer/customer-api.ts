import type { CustomerOrders, PublicOrder } from '#contract/public-order.ts';
import type { ServerClock } from './server-clock.ts';

/** A request is given up after this, ms. */
const WITHIN_MS = 10_000;

/** `refused`: the token is not accepted. `failed`: no answer, or one that says to try again. */
export type Answer<T> = { kind: 'ok'; value: T } | { kind: 'refused' } | { kind: 'failed' };
/** `too_late`: the shop has moved the order on; `order` is how it is now. */
export type CancelAnswer = Answer<PublicOrder> | { kind: 'too_late'; order: PublicOrder | null };

/** The calls of a customer (contract, section 9). */
export interface CustomerApi {
  orders(options?: { limit?: number; before?: string }): Promise<Answer<CustomerOrders>>;
  cancel(orderId: string): Promise<CancelAnswer>;
}

/** @param root where the server's addresses begin, with a slash at the end */
export function createCustomerApi(root: URL, token: string, clock: ServerClock): CustomerApi {
  async function call(method: string, path: string): Promise<Response | null> {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), WITHIN_MS);
    try {
      const response = await fetch(new URL(`api/v1/customer/${path}`, root), {
        method,
        headers: { authorization: `Bearer ${token}` },
        signal: giveUp.signal,
      });
      clock.set(response.headers.get('date'));
      return response;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async orders({ limit, before } = {}) {
      const query = new URLSearchParams();
      if (limit) query.set('limit', String(limit));
      if (before) query.set('before', before);
      const response = await call('GET', `orders?${query}`);
      if (response?.ok) return okOf(await bodyOf<CustomerOrders>(response));
      return { kind: response && isRefusal(response.status) ? 'refused' : 'failed' };
    },
    async cancel(orderId) {
      const response = await call('POST', `orders/${encodeURIComponent(orderId)}/cancel`);
      if (response?.ok) return okOf(await bodyOf<PublicOrder>(response));
      if (response?.status === 409)
        return { kind: 'too_late', order: (await bodyOf<{ order?: PublicOrder }>(response))?.order ?? null };
      return { kind: response && isRefusal(response.status) ? 'refused' : 'failed' };
    },
  };
}

const isRefusal = (status: number): boolean => status === 401 || status === 403 || status === 404;
const okOf = <T>(value: T | null): Answer<T> => (value === null ? { kind: 'failed' } : { kind: 'ok', value });

/** Null when it breaks off. */
async function bodyOf<T>(response: Response): Promise<T | null> {
  try {
    return (await response.json()) as T;
  } catch {
    return null;
  }
}
