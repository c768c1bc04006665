import { z } from 'zod';
import { StoreId } from '#contract/field-types.ts';
import { ServiceError } from '../../service-error.ts';
import type { App } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, credentialOf, rejectRateLimited, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { acceptUpgrades } from '../sockets/feed/accept-upgrades.ts';
import type { Feed } from '../sockets/feed/create-feed.ts';
import { isAllowedOrigin } from '../sockets/is-allowed-origin.ts';
import { queryNumber } from '../zod-schemas.ts';

const PATH = '/api/v1/feed';
/** Messages of a caller are counted in windows of this length. */
const RETRY_AFTER_SECONDS = 10;

const FeedQuery = z
  .strictObject({
    storeId: StoreId.optional(),
    since: queryNumber(0, Number.MAX_SAFE_INTEGER).optional(),
    epoch: z.string().max(128).optional(),
  })
  .refine(({ since, epoch }) => since === undefined || epoch !== undefined, {
    path: ['epoch'],
    message: 'must come with since',
  })
  // Else a client with an empty `since` would miss changes and not know it.
  .refine(({ since, epoch }) => epoch === undefined || since !== undefined, {
    path: ['since'],
    message: 'must come with epoch',
  });

/** The handshake of the plain feed, a WebSocket (contract, section 10). */
export function feedRoute(app: App, { service, settings, turn }: Edge, feed: Feed): void {
  const upgrades = acceptUpgrades(app, PATH);

  app.get(
    PATH,
    { config: { audience: RIGHTS.read }, schema: { hide: true, querystring: FeedQuery } },
    async (request, reply) => {
      const caller = callerOf(request);
      const { storeId: named, since, epoch } = request.query;
      if (!upgrades.has(request.raw))
        throw new ServiceError('invalid_request', 'Connect to this address with a WebSocket.');
      if (!isAllowedOrigin(request.raw, settings))
        throw new ServiceError('forbidden', 'Pages of this origin may not connect; CORS_ORIGINS names those that may.');
      if (!feed.admits(caller)) rejectRateLimited(reply, RETRY_AFTER_SECONDS);
      const storeId = storeOf(caller, named);
      await turn();
      const from = since === undefined || epoch === undefined ? null : { epoch, seq: since };
      const place = await service.log.locate(storeId, from);
      reply.hijack();
      upgrades.complete(request.raw, (ws) =>
        feed.open(ws, { caller, credential: credentialOf(request) }, storeId, place),
      );
    },
  );
}
