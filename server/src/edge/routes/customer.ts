import { z } from 'zod';
import { optional, Timestamp, text } from '#contract/field-types.ts';
import { CancelRequest, CustomerOrders, PublicOrder } from '#contract/public-order.ts';
import { type App, route } from '../app.ts';
import { linkBaseOf } from '../client-of.ts';
import type { Edge } from '../edge.ts';
import type { HeavyReads } from '../heavy-reads.ts';
import { callerOf, customerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { defined, queryNumber } from '../zod-schemas.ts';
import { OrderParams } from './orders.ts';
import { StoreParams } from './stores.ts';

/** Days that a customer's link is valid (contract, section 9). */
const DAYS = { usual: 30, most: 400 };

const CustomerOrdersQuery = z.strictObject({
  limit: queryNumber(1, 200).default(50),
  before: text(500).optional().meta({ description: '`nextBefore` of the page before.' }),
});
const LinkRequest = z.strictObject({
  ref: text(200, 1).meta({ description: 'The `customer.ref` of the orders.' }),
  days: optional(z.int().min(1).max(DAYS.most)),
});
const Link = z.object({ token: z.string(), url: z.string(), expiresAt: Timestamp });

/** What customers see and do, and how they get there (contract, section 9). */
export function customerRoutes(app: App, { service, settings, customerTokens }: Edge, reads: HeavyReads): void {
  app.get(
    '/customer/orders',
    route(RIGHTS.ownOrders, 'customers', 'The orders of a customer, newest first', {
      description: 'A tracking token sees its one order.',
      querystring: CustomerOrdersQuery,
      response: { 200: CustomerOrders },
    }),
    (request, reply) =>
      reads.run(request, reply, () => service.customers.list(customerOf(request), defined(request.query))),
  );

  app.post(
    '/customer/orders/:id/cancel',
    route(RIGHTS.ownOrders, 'customers', 'Cancel an order as its customer, while it is pending', {
      description: '409 carries the order as it is.',
      params: OrderParams,
      body: CancelRequest.optional(),
      response: { 200: PublicOrder },
    }),
    (request) => service.customers.cancel(customerOf(request), request.params.id, request.body?.reason),
  );

  app.post(
    '/stores/:id/customer-links',
    route(RIGHTS.linkCustomers, 'customers', 'Create a link to all orders of a customer', {
      params: StoreParams,
      body: LinkRequest,
      response: { 201: Link },
    }),
    async (request, reply) => {
      const storeId = storeOf(callerOf(request), request.params.id);
      await service.stores.get(storeId);
      const { ref, days = DAYS.usual } = request.body;
      const link = await customerTokens.link({ storeId, ref, days }, linkBaseOf(request.raw, settings));
      return reply.code(201).send(link);
    },
  );
}
