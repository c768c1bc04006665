import { z } from 'zod';
import { Escalation } from '#contract/admin.ts';
import { OrderId } from '#contract/field-types.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { defined, queryNumber } from '../zod-schemas.ts';
import { StoreParams } from './stores.ts';

const EscalationQuery = z.strictObject({
  open: z
    .enum(['true', 'false'])
    .transform((word) => word === 'true')
    .optional()
    .meta({ description: '`true`: only unresolved ones.' }),
  orderId: OrderId.optional(),
  limit: queryNumber(1, 200).default(50),
  before: z.string().max(64).optional().meta({ description: '`nextBefore` of the page before.' }),
});

/** Escalations (ADR 14). */
export function escalationRoutes(app: App, { service }: Edge): void {
  app.get(
    '/stores/:id/escalations',
    route(RIGHTS.manageStore, 'stores', 'The escalations of a store, newest first', {
      description:
        '`undelivered`: no display had the order within 70 s. `unacknowledged`: nobody acknowledged it within the store’s ' +
        '`acknowledgeWithinSeconds`. `no_display`: it came while no display of the store was live. ' +
        '`printer`, `webhook`, `source`: one of the store’s does not work; `detail` says what is wrong, and `orderId` is null.',
      params: StoreParams,
      querystring: EscalationQuery,
      response: { 200: z.object({ escalations: z.array(Escalation), nextBefore: z.string().nullable() }) },
    }),
    (request) => {
      const storeId = storeOf(callerOf(request), request.params.id);
      return service.escalations.list({ storeId, ...defined(request.query) });
    },
  );
}
