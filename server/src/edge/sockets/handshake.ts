import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { HandshakeRefusal } from '#contract/errors.ts';
import { Handshake, PROTOCOL } from '#contract/sync.ts';
import { isManaging } from '../../caller.ts';
import type { Credential } from '../../service.ts';
import { clientOf, type FromClient } from '../client-of.ts';
import type { Edge } from '../edge.ts';
import { type Asker, identify, isCaller, keyOf } from '../identify.ts';
import { sessionOf } from '../session-cookie.ts';
import type { AdminNamespace } from './admin-namespace.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { CustomerNamespace } from './customers/customer-namespace.ts';
import { type EngineConnection, endConnection } from './engine-connection.ts';
import { isAllowedOrigin, isOwnOrigin } from './is-allowed-origin.ts';
import type { StoreNamespace } from './store-namespace.ts';

/** Admits displays with a valid token and our protocol to `/store`; `data.code` says why not (section 6). */
export function guardStore(namespace: StoreNamespace, edge: Edge, limits: ConnectionLimits): void {
  guard(namespace, edge, limits, (socket, caller, { protocol }) => {
    if (caller.role !== 'display') return handshakeError('unauthorized', 'This token is not that of a display.');
    if (protocol !== PROTOCOL)
      return handshakeError('protocol_unsupported', `This server speaks protocol ${PROTOCOL}.`);
    socket.data.device = caller;
    return undefined;
  });
}

/** Admits the holder of ADMIN_TOKEN and managers to `/admin`, by token or by the session of their page. */
export function guardAdmin(namespace: AdminNamespace, edge: Edge, limits: ConnectionLimits): void {
  guard(namespace, edge, limits, (socket, caller) => {
    if (!isCaller(caller) || !isManaging(caller))
      return handshakeError('unauthorized', 'This token is neither that of an admin nor of a manager.');
    socket.data.admin = caller;
    return undefined;
  });
}

/** Admits customers to `/customer`. */
export function guardCustomer(namespace: CustomerNamespace, edge: Edge, limits: ConnectionLimits): void {
  guard(namespace, edge, limits, (socket, asker) => {
    if (asker.role !== 'customer') return handshakeError('unauthorized', 'This token is not that of a customer.');
    socket.data.customer = asker;
    return undefined;
  });
}

/** Refuses the default namespace, which every client could join. */
export function refuseOthers(io: Server): void {
  (io.of('/') as Namespace).use((socket, next) =>
    refuse(socket, next, handshakeError('unauthorized', 'There is nothing in this namespace.')),
  );
}

/** Checks fields one by one: another protocol may have a different shape. */
const HandshakeAuth = z.object({ token: Handshake.shape.token.catch(''), protocol: z.unknown().optional() });

/** A client that is known. */
interface Known {
  asker: Asker;
  credential: Credential;
}

/** @param admit admits a known caller, or returns why not */
function guard<D extends { credential: Credential }>(
  namespace: Namespace<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, D>,
  edge: Edge,
  limits: ConnectionLimits,
  admit: (
    socket: Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, D>,
    asker: Asker,
    given: { protocol?: unknown },
  ) => Error | undefined,
): void {
  namespace.use((socket, next) => {
    const given = HandshakeAuth.safeParse(socket.handshake.auth).data ?? { token: '' };
    authenticate(edge, socket.conn.request, given.token)
      .catch(() => new Error('The server cannot check tokens at the moment.'))
      .then((known) => {
        if (known instanceof Error) return known;
        const { asker, credential } = known;
        socket.data.credential = credential;
        const error = admit(socket, asker, given);
        if (error || limits.join(socket.conn, keyOf(asker))) return error;
        return handshakeError('rate_limited', 'Too many messages: wait ten seconds.');
      })
      .then((error) => (error ? refuse(socket, next, error) : next()));
  });
}

/** Also ends the connection: left open, it could ask again without end. */
function refuse(socket: { conn: unknown }, next: (error: Error) => void, error: Error): void {
  next(error);
  // Socket.io sends the refusal in the next turn.
  setImmediate(() => endConnection(socket.conn as EngineConnection));
}

async function authenticate(edge: Edge, request: FromClient, token: string): Promise<Known | Error> {
  if (!isAllowedOrigin(request, edge.settings))
    return handshakeError('unauthorized', 'Pages of this origin may not connect; CORS_ORIGINS names those that may.');
  await edge.turn();
  const credential = credentialOf(request, token);
  if (credential && 'session' in credential && !isOwnOrigin(request, edge.settings))
    return handshakeError('unauthorized', 'Pages of another origin may not connect with the cookie.');
  const asker = credential && (await identify(edge, credential));
  const key = asker ? keyOf(asker) : `address ${clientOf(request, edge.settings).address}`;
  const { rateLimit } = edge.settings;
  if (rateLimit !== 0 && edge.limit.take(key, rateLimit) !== null)
    return handshakeError('rate_limited', 'Too many connections: wait a minute.');
  return asker && credential ? { asker, credential } : handshakeError('unauthorized', 'This token is not known here.');
}

/** A page has a cookie and no token. */
function credentialOf({ headers }: FromClient, token: string): Credential | null {
  if (token !== '') return { token };
  const session = sessionOf(headers.cookie);
  return session === null ? null : { session };
}

function handshakeError(code: HandshakeRefusal, message: string): Error {
  return Object.assign(new Error(message), { data: { code } });
}
