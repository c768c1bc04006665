import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Settings } from '../settings.ts';

/** What is read of a request, of any kind. */
export interface FromClient {
  headers: IncomingHttpHeaders;
  socket: { remoteAddress?: string | undefined };
}

/** Where a request comes from and what it asked, before the proxies that are believed. */
export interface Client {
  /** By which limits count. */
  address: string;
  /** Whether it came by https. */
  secure: boolean;
  /** The server's own, as the client names it: `https://orders.example`. */
  origin: string;
}

/**
 * With TRUST_PROXY = n, the headers `X-Forwarded-For`, `-Proto` and `-Host` of the last n proxies are believed. Each of them adds
 * one entry at the end, or replaces the header; what a client wrote before is never read.
 */
export function clientOf({ headers, socket }: FromClient, { trustProxy }: Pick<Settings, 'trustProxy'>): Client {
  const forwarded = (name: string): string | undefined => {
    if (trustProxy === 0) return undefined;
    const entries = String(headers[name] ?? '').split(',');
    return (entries.at(-trustProxy) ?? entries[0])?.trim();
  };
  const secure = forwarded('x-forwarded-proto')?.toLowerCase() === 'https';
  const host = [forwarded('x-forwarded-host'), headers.host].find(isHost) ?? 'localhost';
  return {
    address: addressIn(forwarded('x-forwarded-for')) ?? socket.remoteAddress ?? '',
    secure,
    origin: `${secure ? 'https' : 'http'}://${host}`,
  };
}

/** What links to this server begin with. */
export const linkBaseOf = (request: FromClient, settings: Pick<Settings, 'trustProxy' | 'publicUrl'>): string =>
  settings.publicUrl ?? clientOf(request, settings).origin;

/** Some proxies add the port: `192.0.2.7:443`, `[2001:db8::7]:443`. */
function addressIn(entry: string | undefined): string | undefined {
  const bare = entry?.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1') ?? '';
  return isIP(bare) ? bare : undefined;
}

const isHost = (text: string | undefined): text is string => /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(text ?? '');
