import { z } from 'zod';
import { MAX_TOKEN } from '#contract/sync.ts';
import { isManaging } from '../../caller.ts';
import { ServiceError } from '../../service-error.ts';
import { type App, route } from '../app.ts';
import { clientOf } from '../client-of.ts';
import type { Edge } from '../edge.ts';
import { identify, isCaller } from '../identify.ts';
import { refuseForeignOrigin } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { cookieOf, endedCookie, sessionOf } from '../session-cookie.ts';

const SignIn = z.strictObject({ token: z.string().max(MAX_TOKEN) });

/** Signing in and out of the pages for admins and managers (contract, section 9). */
export function sessionRoutes(app: App, edge: Edge): void {
  const { service, settings } = edge;

  app.post(
    '/session',
    route('open', 'sessions', 'Sign a page in with a token', {
      description: 'For tokens of: admin, manager. Sets a cookie, which is as good as the token for 12 hours.',
      body: SignIn,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      refuseForeignOrigin(request, settings);
      const { token } = request.body;
      const asker = await identify(edge, { token });
      if (!asker) throw new ServiceError('unauthorized', 'This token is not known here.');
      if (!isCaller(asker) || !isManaging(asker))
        throw new ServiceError('forbidden', `This is not for the role ${asker.role}.`);
      const session = await service.access.openSession(asker, token);
      return reply
        .header('set-cookie', cookieOf(session, clientOf(request.raw, settings).secure))
        .code(204)
        .send();
    },
  );

  app.delete(
    '/session',
    route(RIGHTS.manageStore, 'sessions', 'Sign a page out', { response: { 204: z.undefined() } }),
    async (request, reply) => {
      const session = sessionOf(request.headers.cookie);
      if (session !== null) await service.access.endSession(session);
      return reply
        .header('set-cookie', endedCookie(clientOf(request.raw, settings).secure))
        .code(204)
        .send();
    },
  );
}
