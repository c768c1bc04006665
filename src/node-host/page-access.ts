import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Browsers keep a cookie for at most 400 days; each visit renews it. */
const COOKIE_SECONDS = 400 * 86_400;

export type PageAccess = ReturnType<typeof createPageAccess>;

/**
 * Lets in browsers that have shown the key once and carry the cookie since. The cookie's name and value derive from the key:
 * browsers share cookies between the ports of a machine, and two displays there must not log each other out.
 */
export function createPageAccess(key: string) {
  const name = `ticketrail_${hash('sha256', key).slice(0, 8)}`;
  const value = createHmac('sha256', key).update('page cookie').digest('base64url');
  return {
    isKey: (shown: string): boolean => sameSecret(shown, key),
    /** @param cookies the request's `Cookie` header */
    hasCookie: (cookies: string | undefined): boolean => sameSecret(cookieIn(cookies, name) ?? '', value),
    /** Whether it has our cookie, right or wrong. */
    showsCookie: (cookies: string | undefined): boolean => cookieIn(cookies, name) !== undefined,
    /** For `Set-Cookie`. Not `Secure`: inside a shop the screen is served over plain HTTP. */
    setCookie: `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`,
  };
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Compares in constant time. */
function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
