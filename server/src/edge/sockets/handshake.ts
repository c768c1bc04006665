import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { HandshakeRefusal } from '#contract/errors.ts';
import { Handshake, PROTOCOL } from '#contract/sync.ts';
import type { Caller } from '../../caller.ts';
import type { Edge } from '../edge.ts';
import { keyOf } from '../identity.ts';
import type { AdminNamespace } from './admin-namespace.ts';
import type { StoreNamespace } from './store-namespace.ts';

/** Admits displays with a valid token and our protocol to `/store`; `data.code` says why not (section 6). */
export function guardStore(namespace: StoreNamespace, edge: Edge): void {
  guard(namespace, edge, (socket, caller, protocol) => {
    if (caller.role !== 'display') return handshakeError('unauthorized', 'This token is not that of a display.');
    if (protocol !== PROTOCOL)
      return handshakeError('protocol_unsupported', `This server speaks protocol ${PROTOCOL}.`);
    socket.data.device = caller;
    return undefined;
  });
}

/** Admits only the holder of ADMIN_TOKEN to `/admin`. */
export function guardAdmin(namespace: AdminNamespace, edge: Edge): void {
  guard(namespace, edge, (socket, caller) => {
    if (caller.role !== 'admin') return handshakeError('unauthorized', 'This token is not that of an admin.');
    socket.data.admin = caller;
    return undefined;
  });
}

/** Refuses the namespaces that this version does not serve; every client could join `/`. */
export function refuseOthers(io: Server): void {
  for (const name of ['/', '/customer'])
    (io.of(name) as Namespace).use((_socket, next) =>
      next(handshakeError('unauthorized', 'This version does not serve this namespace.')),
    );
}

/** Checks fields one by one: another protocol may have a different shape. */
const HandshakeAuth = z.object({ token: Handshake.shape.token.catch(''), protocol: z.unknown().optional() });

/** @param admit admits a known caller, or returns why not */
function guard<D>(
  namespace: Namespace<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, D>,
  edge: Edge,
  admit: (
    socket: Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, D>,
    caller: Caller,
    protocol: unknown,
  ) => Error | undefined,
): void {
  namespace.use((socket, next) => {
    const { address, headers, auth } = socket.handshake;
    const given = HandshakeAuth.safeParse(auth).data ?? { token: '' };
    authenticate(edge, address, headers.origin, given.token)
      .then((caller) => next(caller instanceof Error ? caller : admit(socket, caller, given.protocol)))
      .catch(() => next(new Error('The server cannot check tokens at the moment.')));
  });
}

async function authenticate(
  edge: Edge,
  address: string,
  origin: string | undefined,
  token: string,
): Promise<Caller | Error> {
  if (origin !== undefined && !edge.settings.corsOrigins.includes(origin))
    return handshakeError('unauthorized', 'Pages of this origin may not connect; CORS_ORIGINS names those that may.');
  const caller = token === '' ? null : await edge.service.access.callerOf(token);
  const key = caller ? keyOf(caller) : `address ${address}`;
  const { rateLimit } = edge.settings;
  if (rateLimit !== 0 && edge.limit.take(key, rateLimit) !== null)
    return handshakeError('rate_limited', 'Too many connections: wait a minute.');
  return caller ?? handshakeError('unauthorized', 'This token is not known here.');
}

function handshakeError(code: HandshakeRefusal, message: string): Error {
  return Object.assign(new Error(message), { data: { code } });
}
