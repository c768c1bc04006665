import type { FastifyReply, FastifyRequest } from 'fastify';
import { MAX_TOKEN } from '#contract/sync.ts';
import { type Caller, type Customer, type DeviceCaller, isManaging, type ManagingCaller } from '../caller.ts';
import type { Credential } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import type { Settings } from '../settings.ts';
import type { App } from './app.ts';
import { clientOf } from './client-of.ts';
import type { Edge } from './edge.ts';
import { nothingHere } from './http-errors.ts';
import { type Asker, identify, isCaller, keyOf } from './identify.ts';
import { OPEN_PER_MINUTE } from './rate-limit.ts';
import { sessionOf } from './session-cookie.ts';
import { isOwnOrigin } from './sockets/is-allowed-origin.ts';

/** Identifies the caller by bearer token or cookie before the request is parsed: 429, then 401, then 403. */
export function addIdentity(app: App, edge: Edge): void {
  app.decorateRequest('asker', null);
  app.decorateRequest('credential', null);
  app.addHook('onRoute', (route) => {
    // A route without an audience must not be open by accident.
    if (!route.config?.audience && !insideDocs(route.path)) throw new Error(`${route.path} does not name its audience`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const audience = request.routeOptions.config.audience ?? 'open';
    if (audience === 'free') return;
    const address = `address ${clientOf(request.raw, edge.settings).address}`;
    if (request.is404 || audience === 'open') {
      // Unknown addresses have a budget of their own: a wrong link must not keep a display from pairing.
      countRequest(edge, `${request.is404 ? 'unknown' : 'open'} ${address}`, OPEN_PER_MINUTE, reply);
      if (request.is404) throw nothingHere();
      return;
    }

    const credential = shownBy(request);
    const asker = credential === null ? null : await identify(edge, credential);
    countRequest(edge, asker ? keyOf(asker) : address, edge.settings.rateLimit, reply);
    if (!asker) {
      reply.header('www-authenticate', 'Bearer');
      throw new ServiceError('unauthorized', whyUnknown(credential));
    }
    if (credential !== null && 'session' in credential) refuseForeignOrigin(request, edge.settings);
    if (!audience.includes(asker.role)) throw new ServiceError('forbidden', `This is not for the role ${asker.role}.`);
    request.asker = asker;
    request.credential = credential;
    if (isCaller(asker) && asker.role !== 'admin') edge.service.access.seen(asker.id);
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    asker: Asker | null;
    credential: Credential | null;
  }
}

/** A token in the header comes before a cookie. */
function shownBy({ headers }: FastifyRequest): Credential | null {
  const token = bearerOf(headers.authorization);
  if (token !== null) return { token };
  const session = headers.authorization === undefined ? sessionOf(headers.cookie) : null;
  return session === null ? null : { session };
}

function whyUnknown(credential: Credential | null): string {
  if (credential === null) return 'Send authorization: Bearer <token>.';
  return 'token' in credential ? 'This token is not known here.' : 'This session has ended: sign in again.';
}

/**
 * For what a browser does with the cookie: pages of other origins may not. Throws `forbidden`. A page's requests that change
 * something always name its origin.
 */
export function refuseForeignOrigin(request: FastifyRequest, settings: Settings): void {
  if (!isOwnOrigin(request.raw, settings))
    throw new ServiceError('forbidden', 'Pages of another origin may not do this.');
}

/** Who asks, on a route that is not open. */
export function askerOf({ asker }: { asker: Asker | null }): Asker {
  if (!asker) throw new Error('this route is open and has no asker');
  return asker;
}

/** The caller of a route that is neither open nor for customers. */
export function callerOf(request: { asker: Asker | null }): Caller {
  const asker = askerOf(request);
  if (!isCaller(asker)) throw new Error('this route is not for customers');
  return asker;
}

/** The customer of a route whose audience is customers only. */
export function customerOf(request: { asker: Asker | null }): Customer {
  const asker = askerOf(request);
  if (asker.role !== 'customer') throw new Error('this route is for customers only');
  return asker;
}

/** The caller of a route whose audience is admins and managers. */
export function managerOf(request: { asker: Asker | null }): ManagingCaller {
  const caller = callerOf(request);
  if (!isManaging(caller)) throw new Error('this route is for admins and managers only');
  return caller;
}

/** By which the caller was identified. */
export function credentialOf(request: { credential: Credential | null }): Credential {
  if (!request.credential) throw new Error('this route is open and has no caller');
  return request.credential;
}

/** The caller of a route whose audience is displays only. */
export function displayOf(request: { asker: Asker | null }): DeviceCaller {
  const caller = callerOf(request);
  if (caller.role === 'admin') throw new Error('this route is not for admins');
  return caller;
}

/** The store of a request: a device's own, or the one an admin names. Another store is not found, never forbidden. */
export function storeOf(caller: Caller, named: string | undefined): string {
  if (caller.role !== 'admin') {
    if (named !== undefined && named !== caller.storeId) throw new ServiceError('not_found', 'There is no such store.');
    return caller.storeId;
  }
  if (named === undefined)
    throw new ServiceError('invalid_request', 'storeId must be named by an admin.', {
      details: [{ path: 'storeId', message: 'must be named by an admin' }],
    });
  return named;
}

/** Counts the other commands of a batch, whose first one counted as the request. Throws `rate_limited`. */
export function countCommands(edge: Edge, caller: Caller, commands: number, reply: FastifyReply): void {
  if (commands > 1) countRequest(edge, keyOf(caller), edge.settings.rateLimit, reply, commands - 1);
}

/** Throws `rate_limited` if the limit is exceeded. */
export function countRequest(edge: Edge, key: string, perMinute: number, reply: FastifyReply, count = 1): void {
  if (edge.settings.rateLimit === 0) return;
  const wait = edge.limit.take(key, perMinute, count);
  if (wait !== null) rejectRateLimited(reply, wait);
}

/** 429 with `Retry-After`, in seconds. */
export function rejectRateLimited(reply: FastifyReply, seconds: number): never {
  reply.header('retry-after', String(seconds));
  throw new ServiceError('rate_limited', `Too many requests: wait ${seconds} s.`);
}

/** Pages of swagger-ui, which registers its routes itself. */
const insideDocs = (path: string): boolean => path.startsWith('/api/v1/docs');

const BEARER = new RegExp(`^Bearer ([\\x21-\\x7e]{1,${MAX_TOKEN}})$`, 'i');

function bearerOf(header: string | undefined): string | null {
  return BEARER.exec(header ?? '')?.[1] ?? null;
}
