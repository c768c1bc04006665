import { isIP } from 'node:net';
import { hostname } from 'node:os';

const WILDCARDS = new Set(['0.0.0.0', '::']);

type Header = string | undefined;

export interface HostNames {
  /** Whether a request's `Host` header names this machine, against DNS rebinding. */
  isOwnHost(host: Header): boolean;
  /** Whether a request's `Origin` is a page that we served under its `Host`. */
  isOwnOrigin(origin: Header, host: Header): boolean;
  /** Whether browsers reach this `Host` over TLS, by a proxy. */
  isSecure(host: Header): boolean;
}

/**
 * The names under which browsers find the screen.
 *
 * @param listening the `--host` option; when listening everywhere, any IP address passes
 * @param publicUrl the `--public-url` option: the origin of a proxy in front of the host
 */
export function createHostNames(listening: string, publicUrl: string | null = null): HostNames {
  const proxy = publicUrl === null ? null : new URL(publicUrl);
  const own = [listening, hostname(), `${hostname()}.local`].map((name) => name.toLowerCase());
  const isProxys = (host: Header): boolean => proxy !== null && host?.toLowerCase() === proxy.host;

  function isOwnHost(host: Header): boolean {
    if (isProxys(host)) return true;
    const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$/g, '');
    if (host === undefined || name === undefined || /[/?#@\\]/.test(host)) return false;
    if (name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))) return true;
    if (WILDCARDS.has(listening)) return isIP(name) !== 0 || own.includes(name);
    return name === listening.toLowerCase();
  }

  return {
    isOwnHost,
    isOwnOrigin: (origin, host) => isOwnHost(host) && origin === (isProxys(host) ? proxy?.origin : `http://${host}`),
    isSecure: (host) => isProxys(host) && proxy?.protocol === 'https:',
  };
}
