import { createHmac } from 'node:crypto';
import type { Settings } from '../settings.ts';

/**
 * One order's tracking token: the order's id and an HMAC of it, so a repeated POST returns the same one and nothing is
 * stored (contract, section 3). Without CUSTOMER_TOKEN_SECRET its key is derived from ADMIN_TOKEN.
 */
export function createTracking(settings: Pick<Settings, 'customerTokenSecret' | 'adminToken' | 'publicUrl'>) {
  const secret =
    settings.customerTokenSecret ?? createHmac('sha256', settings.adminToken).update('customer token secret').digest();
  /** @param origin such as `https://orders.example`, for a server without PUBLIC_URL */
  return (orderId: string, origin: string): { token: string; url: string } => {
    const mac = createHmac('sha256', secret).update(`track:${orderId}`).digest('base64url');
    const token = `${orderId}.${mac}`;
    return { token, url: `${settings.publicUrl ?? origin}/track/${encodeURIComponent(token)}` };
  };
}
