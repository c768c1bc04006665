import type { Namespace, Server } from 'socket.io';
import { z } from 'zod';
import type { HandshakeRefusal } from '#contract/errors.ts';
import { Handshake, PROTOCOL } from '#contract/sync.ts';
import type { DeviceCaller } from '../../service.ts';
import type { Edge } from '../app.ts';
import { keyOf } from '../identity.ts';
import type { StoreNamespace } from './store-namespace.ts';

/** Lets displays with a good token and our protocol into `/store`; the rest learn why not in `data.code` (section 6). */
export function guardStore(namespace: StoreNamespace, edge: Edge): void {
  namespace.use((socket, next) => {
    const { address, headers, auth } = socket.handshake;
    judge(edge, address, headers.origin, auth)
      .then((judged) => {
        if ('id' in judged) {
          socket.data.device = judged;
          next();
        } else next(refusal(judged.code, judged.message));
      })
      .catch(() => next(new Error('The server cannot look at tokens just now.')));
  });
}

/** Namespaces that are not for anybody in this version; `/` is one that every client could join unasked. */
export function refuseOthers(io: Server): void {
  for (const name of ['/', '/customer', '/admin'])
    (io.of(name) as Namespace).use((_socket, next) =>
      next(refusal('unauthorized', 'This version has no such namespace for anybody.')),
    );
}

/** Each looked at by itself: another protocol may have another idea of the rest. */
const Knock = z.object({ token: Handshake.shape.token.catch(''), protocol: z.unknown().optional() });

type Judged = DeviceCaller | { code: HandshakeRefusal; message: string };

async function judge(edge: Edge, address: string, origin: string | undefined, auth: unknown): Promise<Judged> {
  if (origin !== undefined && !edge.settings.corsOrigins.includes(origin))
    return {
      code: 'unauthorized',
      message: 'Pages of this origin may not connect; CORS_ORIGINS names those that may.',
    };
  const said = Knock.safeParse(auth).data;
  const caller = said?.token ? await edge.service.access.callerOf(said.token) : null;
  const key = caller ? keyOf(caller) : `address ${address}`;
  const { rateLimit } = edge.settings;
  if (rateLimit !== 0 && edge.limit.take(key, rateLimit) !== null)
    return { code: 'rate_limited', message: 'Too many connections: wait a minute.' };
  if (caller === null) return { code: 'unauthorized', message: 'This token is not known here.' };
  if (caller.role !== 'display') return { code: 'unauthorized', message: 'This token is not that of a display.' };
  if (said?.protocol !== PROTOCOL)
    return { code: 'protocol_unsupported', message: `This server speaks protocol ${PROTOCOL}.` };
  return caller;
}

function refusal(code: HandshakeRefusal, message: string): Error {
  return Object.assign(new Error(message), { data: { code } });
}
