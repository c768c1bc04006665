import { isIP } from 'node:net';
import { hostname } from 'node:os';

const WILDCARDS = new Set(['0.0.0.0', '::']);

/**
 * Checks that a request's `Host` header names this machine, against DNS rebinding.
 *
 * @param listening the `--host` option; when listening everywhere, any IP address passes
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
