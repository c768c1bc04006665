import { GoTo } from '#contract/desktop.ts';

/** Links of this scheme are opened by the installed app. */
export const LINK_SCHEME = 'ticketrail';

/**
 * Parses a link: `ticketrail://order/<id>`, or `ticketrail://pair?server=<http(s) address>&code=<code>`, which fills in the
 * form but does not pair. Anybody can write a link, so anything else is null.
 */
export function deepLink(text: string): GoTo | null {
  const url = URL.parse(text);
  if (url?.protocol !== `${LINK_SCHEME}:` || url.username || url.password || url.port) return null;
  // URL does not lowercase the host of a custom scheme.
  const host = url.host.toLowerCase();
  if (host === 'order') return goTo({ to: 'order', orderId: decoded(url.pathname.slice(1)) });
  if (host !== 'pair' || url.pathname.length > 1) return null;
  const server = URL.parse(url.searchParams.get('server') ?? '');
  const code = url.searchParams.get('code') ?? '';
  const isServer = server && /^https?:$/.test(server.protocol) && !server.username && !server.password;
  if (!isServer || !/^[0-9a-z -]{0,32}$/i.test(code)) return null;
  return goTo({ to: 'pair', serverUrl: server.origin, code });
}

/** Finds the link among the program's arguments, to which Chromium adds its own. */
export function linkIn(argv: readonly string[]): GoTo | null {
  const link = argv.find((one) => one.toLowerCase().startsWith(`${LINK_SCHEME}:`));
  return link === undefined ? null : deepLink(link);
}

const goTo = (wanted: GoTo): GoTo | null => GoTo.safeParse(wanted).data ?? null;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
