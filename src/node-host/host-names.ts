import { isIP } from 'node:net';
import { hostname } from 'node:os';

const WILDCARDS = new Set(['0.0.0.0', '::']);

/**
 * Whether a request's `Host` header names this machine. A page elsewhere can point a name of its own at 127.0.0.1 and
 * then read what is served there (DNS rebinding), but it cannot do that with an address or with a name that is ours.
 *
 * @param listening what `--host` said; listening everywhere, any address is let through, since it is no name
 */
export function createHostCheck(listening: string): (header: string | undefined) => boolean {
  const own = [listening, hostname(), `${hostname()}.local`].map((name) => name.toLowerCase());
  return (header) => {
    const name = URL.parse(`http://${header}`)?.hostname.replace(/^\[|\]$/g, '');
    if (header === undefined || name === undefined || /[/?#@\\]/.test(header)) return false;
    if (name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))) return true;
    if (WILDCARDS.has(listening)) return isIP(name) !== 0 || own.includes(name);
    return name === listening.toLowerCase();
  };
}
