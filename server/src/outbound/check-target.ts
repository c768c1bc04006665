import { isIP } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';

/**
 * Why the server may not send to this address, as a part of a sentence (`must …`); null: it may. A URL's own parser has
 * turned every notation of an IPv4 address (`0x7f.1`, `2130706433`) into numbers with dots. What a name stands for is
 * judged at each connection, by {@link createOutboundAgent}; only `localhost` is refused by its name.
 *
 * @param privateTargets the setting PRIVATE_TARGETS
 */
export function checkTarget(text: string, privateTargets: boolean): string | null {
  if (!URL.canParse(text)) return 'must be an address such as https://shop.example/orders';
  const { protocol, username, password, hostname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https:// or http://';
  if (username !== '' || password !== '') return 'must not contain a user name or password';
  if (privateTargets) return null;
  const host = hostOf(hostname);
  const isPublic = isIP(host) > 0 ? isPublicAddress(host) : !/(^|\.)localhost\.?$/.test(host);
  return isPublic ? null : 'must not be an address of a private network or of this machine';
}

/** Of a URL, without the brackets of IPv6. */
export const hostOf = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');
