import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { StoreId, text } from '#contract/field-types.ts';
import type { CustomerClaim } from '../caller.ts';
import type { Settings } from '../settings.ts';

const DAY_SECONDS = 86_400;
const ALGORITHM = 'HS256';
/** Of a JWT; jose checks `exp` and the signature. */
const Claims = z.object({ sub: text(200, 1), store: StoreId, exp: z.number() });

/** Tokens of customers (contract, section 3). Nothing of them is stored. */
export interface CustomerTokens {
  /**
   * One order's tracking token: the order's id and an HMAC of it, so a repeated POST returns the same one.
   *
   * @param base what links begin with: `https://orders.example`
   */
  tracking(orderId: string, base: string): { token: string; url: string };
  /** A token for all orders of a store with this `customer.ref`: a JWT. `expiresAt` is ISO. */
  link(
    customer: { storeId: string; ref: string; days: number },
    base: string,
  ): Promise<{ token: string; url: string; expiresAt: string }>;
  /** What a token of either kind claims; null: it is none, is not signed by us, or has expired. */
  read(token: string): Promise<CustomerClaim | null>;
}

/** Without CUSTOMER_TOKEN_SECRET its key is derived from ADMIN_TOKEN. */
export function createCustomerTokens(settings: Pick<Settings, 'customerTokenSecret' | 'adminToken'>): CustomerTokens {
  const secret = Buffer.from(
    settings.customerTokenSecret ?? createHmac('sha256', settings.adminToken).update('customer token secret').digest(),
  );
  // Made once: each new order has a link.
  const key = createSecretKey(secret);
  const macOf = (orderId: string): string => createHmac('sha256', key).update(`track:${orderId}`).digest('base64url');

  function readTracking(token: string): CustomerClaim | null {
    const [, orderId = '', mac = ''] = /^([\w-]+)\.([\w-]{43})$/.exec(token) ?? [];
    const expected = Buffer.from(macOf(orderId));
    return mac !== '' && timingSafeEqual(Buffer.from(mac), expected) ? { orderId } : null;
  }

  async function readJwt(token: string): Promise<CustomerClaim | null> {
    const verified = await jwtVerify(token, secret, { algorithms: [ALGORITHM] }).catch(() => null);
    const claims = Claims.safeParse(verified?.payload).data;
    return claims ? { storeId: claims.store, ref: claims.sub, expiresAt: claims.exp * 1_000 } : null;
  }

  return {
    tracking(orderId, base) {
      const token = `${orderId}.${macOf(orderId)}`;
      return { token, url: `${base}/track/${encodeURIComponent(token)}` };
    },
    async link({ storeId, ref, days }, base) {
      const exp = Math.floor(Date.now() / 1_000) + days * DAY_SECONDS;
      const token = await new SignJWT({ store: storeId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(ref)
        .setExpirationTime(exp)
        .sign(secret);
      return { token, url: `${base}/my#${token}`, expiresAt: new Date(exp * 1_000).toISOString() };
    },
    async read(token) {
      const parts = token.split('.').length;
      if (parts === 2) return readTracking(token);
      return parts === 3 ? readJwt(token) : null;
    },
  };
}
