import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Browsers keep a cookie for at most 400 days; each visit renews it. */
const COOKIE_SECONDS = 400 * 86_400;
/** How long after the start the one-time key is good, ms: a browser takes a while to open. */
const ONE_TIME_MS = 60_000;

export type PageAccess = ReturnType<typeof createPageAccess>;

/**
 * Admits browsers with the key, and then with a cookie derived from it. The cookie's name depends on the key too: browsers
 * share cookies between the ports of a machine, and two displays there must not log each other out.
 *
 * @param oneTimeKey admits one browser in place of the key, for an address that other users of the machine may see
 * @param elapsed ms on a clock that never jumps
 */
export function createPageAccess(key: string, oneTimeKey: string | null = null, elapsed = () => performance.now()) {
  const oneTimeUntil = elapsed() + ONE_TIME_MS;
  let oneTime = oneTimeKey;
  const name = `ticketrail_${hash('sha256', key).slice(0, 8)}`;
  const value = createHmac('sha256', key).update('page cookie').digest('base64url');
  return {
    /** Whether a browser with this key may come in. The one-time key is used up by it. */
    admits(candidate: string): boolean {
      if (oneTime === null || elapsed() >= oneTimeUntil || !sameSecret(candidate, oneTime))
        return sameSecret(candidate, key);
      oneTime = null;
      return true;
    },
    /** @param cookies the request's `Cookie` header */
    hasCookie: (cookies: string | undefined): boolean => sameSecret(cookieIn(cookies, name) ?? '', value),
    /** Whether a cookie of our name is present, right or wrong. */
    presentsCookie: (cookies: string | undefined): boolean => cookieIn(cookies, name) !== undefined,
    /**
     * For `Set-Cookie`.
     *
     * @param secure only over TLS; inside a shop the screen is often served over plain HTTP
     */
    setCookie: (secure: boolean): string =>
      `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}${secure ? '; Secure' : ''}`,
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
