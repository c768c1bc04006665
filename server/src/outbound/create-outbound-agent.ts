import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { hostOf } from './check-target.ts';
import { isPublicAddress } from './is-public-address.ts';

/** The server may not connect there: an address of a private network or of this machine. */
export class PrivateTarget extends Error {
  constructor(host: string) {
    super(`${host} is an address of a private network or of this machine`);
  }
}

/**
 * Connections to addresses that owners have named. Each is judged by the address that is connected to, whatever its name
 * stood for before, so that a name cannot lead into the shop's network (SSRF). Follows no redirects, speaks
 * HTTP/1.1 only, and reads at most 16 KiB of headers.
 *
 * @param privateTargets the setting PRIVATE_TARGETS: every address may be connected to
 */
export function createOutboundAgent(privateTargets: boolean): Agent {
  const options = { timeout: 10_000, autoSelectFamily: true, allowH2: false };
  if (privateTargets) return new Agent({ allowH2: false, connect: options });
  const connect = buildConnector({ ...options, lookup: lookupPublic });
  return new Agent({
    allowH2: false,
    connect(target, callback) {
      // A numeric host is connected to without a lookup.
      const host = hostOf(target.hostname);
      if (isIP(host) > 0 && !isPublicAddress(host)) callback(new PrivateTarget(host), null);
      else connect(target, callback);
    },
  });
}

/** As `dns.lookup`, without addresses that are not public. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '');
    const addresses = found.filter(({ address }) => isPublicAddress(address));
    const [first] = addresses;
    if (!first) callback(new PrivateTarget(hostname), '');
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
