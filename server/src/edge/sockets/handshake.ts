import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { HandshakeRefusal } from '#contract/errors.ts';
import { Handshake, PROTOCOL } from '#contract/sync.ts';
import type { Caller } from '../../service.ts';
import type { Edge } from '../edge.ts';
import { keyOf } from '../identity.ts';
import type { AdminNamespace } from './admin-namespace.ts';
import type { StoreNamespace } from './store-namespace.ts';

/** Lets displays with a good token and our protocol into `/store`; the rest learn why not in `data.code` (section 6). */
export function guardStore(namespace: StoreNamespace, edge: Edge): void {
  guard(namespace, edge, (socket, caller, protocol) => {
    if (caller.role !== 'display') return refusal('unauthorized', 'This token is not that of a display.');
    if (protocol !== PROTOCOL) return refusal('protocol_unsupported', `This server speaks protocol ${PROTOCOL}.`);
    socket.data.device = caller;
    return undefined;
  });
}

/** Lets the holder of ADMIN_TOKEN into `/admin`, and nobody else. */
export function guardAdmin(namespace: AdminNamespace, edge: Edge): void {
  guard(namespace, edge, (socket, caller) => {
    if (caller.role !== 'admin') return refusal('unauthorized', 'This token is not that of an admin.');
    socket.data.admin = caller;
    return undefined;
  });
}

/** Namespaces that are not for anybody in this version; `/` is one that every client could join unasked. */
export function refuseOthers(io: Server): void {
  for (const name of ['/', '/customer'])
    (io.of(name) as Namespace).use((_socket, next) =>
      next(refusal('unauthorized', 'This version has no such namespace for anybody.')),
    );
}

/** Each looked at by itself: another protocol may have another idea of the rest. */
const Knock = z.object({ token: Handshake.shape.token.catch(''), protocol: z.unknown().optional() });

/** @param admit what to do with a known caller; answers why not, if so */
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
    const said = Knock.safeParse(auth).data ?? { token: '' };
    judge(edge, address, headers.origin, said.token)
      .then((judged) => next(judged instanceof Error ? judged : admit(socket, judged, said.protocol)))
      .catch(() => next(new Error('The server cannot look at tokens just now.')));
  });
}

async function judge(edge: Edge, address: string, origin: string | undefined, token: string): Promise<Caller | Error> {
  if (origin !== undefined && !edge.settings.corsOrigins.includes(origin))
    return refusal('unauthorized', 'Pages of this origin may not connect; CORS_ORIGINS names those that may.');
  const caller = token === '' ? null : await edge.service.access.callerOf(token);
  const key = caller ? keyOf(caller) : `address ${address}`;
  const { rateLimit } = edge.settings;
  if (rateLimit !== 0 && edge.limit.take(key, rateLimit) !== null)
    return refusal('rate_limited', 'Too many connections: wait a minute.');
  return caller ?? refusal('unauthorized', 'This token is not known here.');
}

function refusal(code: HandshakeRefusal, message: string): Error {
  return Object.assign(new Error(message), { data: { code } });
}
