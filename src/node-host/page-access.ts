import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Browsers keep a cookie for at most 400 days; each visit renews it. */
const COOKIE_SECONDS = 400 * 86_400;

/** Who may see the screen: whoever once showed the key, and from then on carries the cookie. */
export interface PageAccess {
  isKey(key: string): boolean;
  /** @param cookies the request's `Cookie` header */
  hasCookie(cookies: string | undefined): boolean;
  /** Whether a cookie of ours was shown, right or wrong. */
  showsCookie(cookies: string | undefined): boolean;
  /** For `Set-Cookie`. Not `Secure`: inside a shop the screen is served over plain HTTP. */
  setCookie: string;
}

/**
 * The cookie holds a value made from the key, not the key. Its name does too, since browsers share cookies between all
 * ports of a machine: two displays on one machine do not log each other out.
 */
export function createPageAccess(key: string): PageAccess {
  const name = `ticketrail_${hash('sha256', key).slice(0, 8)}`;
  const value = createHmac('sha256', key).update('page cookie').digest('base64url');
  return {
    isKey: (shown) => sameSecret(shown, key),
    hasCookie: (cookies) => sameSecret(cookieIn(cookies, name) ?? '', value),
    showsCookie: (cookies) => cookieIn(cookies, name) !== undefined,
    setCookie: `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`,
  };
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Takes the same time wherever the difference is, and whatever the length. */
function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
