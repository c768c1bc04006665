import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { ScreenFile } from '#adapters/screen-files.ts';
import type { HostNames } from './host-names.ts';
import { LOCKED_CSS, LOCKED_PAGE, NO_SUCH_PAGE, TOO_MANY_TRIES_PAGE, WRONG_NAME_PAGE } from './locked-page.ts';
import type { PageAccess } from './page-access.ts';

/** Wrong keys allowed per address and minute. */
const WRONG_KEYS_PER_MINUTE = 20;

/** Time limit for receiving a request, ms: pages are small, and the network is a shop's. */
const REQUEST_MS = 10_000;

/** Serves the built screen to browsers with the key, and an explanation to others. The caller makes it listen. */
export async function serveScreen(screen: Map<string, ScreenFile>, access: PageAccess, names: HostNames) {
  const app = fastify({
    bodyLimit: 1024,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  await app.register(helmet, HEADERS);
  await app.register(rateLimit, { global: false });
  const wrongKeys = app.createRateLimit({ max: WRONG_KEYS_PER_MINUTE, timeWindow: 60_000 });

  app.addHook('onRequest', async (request, reply) => {
    if (!names.isOwnHost(request.headers.host)) return sendPage(reply, 403, WRONG_NAME_PAGE);
  });

  app.get('/locked.css', (_, reply) => reply.type('text/css; charset=utf-8').send(LOCKED_CSS));

  app.get('/*', async (request, reply) => {
    const { pathname = '', searchParams } = URL.parse(request.url, 'http://display') ?? {};
    const key = pathname === '/' ? (searchParams?.get('key') ?? null) : null;
    const cookies = request.headers.cookie;
    if (!access.hasCookie(cookies))
      return key === null ? refuse(request, reply) : exchangeKey(key, withoutKey(searchParams), request, reply);
    // Even with the cookie: the key must not stay in the address bar.
    if (key !== null) {
      access.admits(key);
      return reply.redirect(withoutKey(searchParams), 303);
    }
    const file = screen.get(pathname === '/' ? '/index.html' : pathname);
    if (!file) return sendPage(reply, 404, NO_SUCH_PAGE);
    if (pathname === '/') reply.header('set-cookie', cookieFor(request));
    return sendFile(file, request, reply);
  });
  app.setNotFoundHandler((_, reply) => sendPage(reply, 404, NO_SUCH_PAGE));
  app.setErrorHandler((error: { statusCode?: number }, _, reply) =>
    sendPage(reply, error.statusCode ?? 500, NO_SUCH_PAGE),
  );

  /** Sets the cookie for a valid key and redirects to an address without it. */
  async function exchangeKey(key: string, to: string, request: FastifyRequest, reply: FastifyReply) {
    const tries = await wrongKeys(request, { increment: false });
    if (!tries.isAllowed && tries.isExceeded) return tooMany(reply, tries.ttlInSeconds);
    if (!access.admits(key)) return wrong(request, reply);
    return reply.header('set-cookie', cookieFor(request)).header('cache-control', 'no-store').redirect(to, 303);
  }
  function cookieFor({ headers }: FastifyRequest): string {
    return access.setCookie(names.isSecure(headers.host));
  }
  async function refuse(request: FastifyRequest, reply: FastifyReply) {
    return access.presentsCookie(request.headers.cookie) ? wrong(request, reply) : sendPage(reply, 401, LOCKED_PAGE);
  }
  async function wrong(request: FastifyRequest, reply: FastifyReply) {
    const tries = await wrongKeys(request);
    if (!tries.isAllowed && tries.isExceeded) return tooMany(reply, tries.ttlInSeconds);
    return sendPage(reply, 401, LOCKED_PAGE);
  }
  return app;
}

/** The address without the key; keeps other parameters, such as the station. */
function withoutKey(params: URLSearchParams | undefined): string {
  const rest = new URLSearchParams(params);
  rest.delete('key');
  return rest.size > 0 ? `/?${rest}` : '/';
}

function tooMany(reply: FastifyReply, seconds: number) {
  return sendPage(reply.header('retry-after', seconds), 429, TOO_MANY_TRIES_PAGE);
}

function sendPage(reply: FastifyReply, status: number, html: string) {
  return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
}

function sendFile(file: ScreenFile, request: FastifyRequest, reply: FastifyReply) {
  reply.header('cache-control', file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache');
  reply.header('etag', file.etag);
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  return reply.type(file.type).send(file.body);
}

const SELF = ["'self'"];
const NONE = ["'none'"];
/** No foreign or inline content, no framing. HSTS is off because a shop's network has no certificates. */
const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: NONE,
      scriptSrc: SELF,
      styleSrc: SELF,
      imgSrc: ["'self'", 'data:'],
      fontSrc: SELF,
      mediaSrc: SELF,
      connectSrc: SELF,
      baseUri: NONE,
      formAction: NONE,
      frameAncestors: NONE,
    },
  },
  frameguard: { action: 'deny' as const },
  strictTransportSecurity: false,
};
