import ipaddr from 'ipaddr.js';

/** IPv6 ranges that carry an IPv4 address, and at which of the eight 16-bit parts it begins. */
const IPV4_AT: Record<string, number> = { ipv4Mapped: 6, rfc6145: 6, rfc6052: 6, '6to4': 1 };

/**
 * Whether a numeric address, IPv4 or IPv6, is one of the public internet: not private, loopback, link-local, shared or
 * reserved, and carries no such IPv4 address (IPv4-mapped, NAT64, 6to4). Teredo hides the address behind it and is refused.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range === 'unicast') return parsed.kind() === 'ipv4' || !isIpv4Compatible(parsed as ipaddr.IPv6);
  const at = parsed.kind() === 'ipv6' ? IPV4_AT[range] : undefined;
  return at !== undefined && isPublicAddress(ipv4In((parsed as ipaddr.IPv6).parts, at));
}

/** The deprecated ::a.b.c.d, which some systems route to the IPv4 address. */
const isIpv4Compatible = ({ parts }: ipaddr.IPv6): boolean => parts.slice(0, 6).every((part) => part === 0);

function ipv4In(parts: readonly number[], at: number): string {
  const [high = 0, low = 0] = parts.slice(at, at + 2);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
