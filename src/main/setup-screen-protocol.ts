import type { Protocol } from 'electron';
import type { ScreenFile } from '#adapters/screen-files.ts';
import { SCREEN_ORIGIN, SCREEN_SCHEME } from '#contract/ipc.ts';

/** The page uses IPC only, so it may connect to nothing. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Makes `app://` a standard, secure origin. Call it before `ready`. `<audio>` needs `stream`. */
export function registerScreenScheme(protocol: Protocol): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCREEN_SCHEME, privileges }]);
}

/** Serves only the built screen, at `app://bundle/`. Files are looked up in memory, not on disk. */
export function setupScreenProtocol(protocol: Protocol, files: Map<string, ScreenFile>): void {
  protocol.handle(SCREEN_SCHEME, (request) => {
    const url = URL.parse(request.url);
    const ours = url && `${url.protocol}//${url.host}` === SCREEN_ORIGIN;
    const file = ours ? files.get(url.pathname === '/' ? '/index.html' : url.pathname) : undefined;
    if (!file || request.method !== 'GET') return new Response('There is nothing here.', { status: 404 });
    return new Response(new Uint8Array(file.body), {
      headers: {
        'content-type': file.type,
        'content-security-policy': CSP,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    });
  });
}
