/**
 * What the till's kitchen printer is set to.
 *
 * @param settings of a source of the kind `print`
 * @param pageHost the host of this page's address
 * @param unknown words for an address that the page does not know
 */
export function tillAddress(
  { host = '127.0.0.1', port }: { host?: string; port?: number },
  pageHost: string,
  unknown: string,
): string {
  const isAny = host === '0.0.0.0' || host === '::';
  // A page that is open on the server's computer does not know how the others reach it.
  const name = !isAny ? host : isThisComputer(pageHost) ? unknown : pageHost;
  return `${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port ?? ''}`;
}

/** Whether only programs of the same computer reach it. */
export const isThisComputer = (host = '127.0.0.1'): boolean => /^(?:localhost|127\..*|\[?::1\]?)$/.test(host);
