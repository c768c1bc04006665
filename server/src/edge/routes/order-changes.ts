import { z } from 'zod';
import { Order, OrderPatch, PaymentRequest, StatusRequest } from '#contract/order.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { idempotencyOf, PatchHeaders, WriteHeaders } from '../write-headers.ts';
import { OrderParams } from './orders.ts';

/** Changing orders. All four take an `Idempotency-Key`. */
export function orderChangeRoutes(app: App, { service }: Edge): void {
  app.patch(
    '/orders/:id',
    route(RIGHTS.writeOrders, 'orders', 'Change fields of an order', {
      description: 'With `If-Match` it is refused (409 `conflict`) when the order has moved on.',
      params: OrderParams,
      headers: PatchHeaders,
      body: OrderPatch,
      response: { 200: Order },
    }),
    (request) =>
      service.orders.patch(callerOf(request), request.params.id, request.body, {
        ifMatch: request.headers['if-match'],
        ...idempotencyOf(request),
      }),
  );

  app.delete(
    '/orders/:id',
    route(RIGHTS.writeOrders, 'orders', 'Delete an order', {
      params: OrderParams,
      headers: WriteHeaders,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      await service.orders.remove(callerOf(request), request.params.id, idempotencyOf(request));
      return reply.code(204).send();
    },
  );

  app.post(
    '/orders/:id/status',
    route(RIGHTS.writeOrders, 'orders', 'Move an order to another status', {
      description: 'Rejecting and cancelling need a `reason`. 409 carries the order as it is.',
      params: OrderParams,
      headers: WriteHeaders,
      body: StatusRequest,
      response: { 200: Order },
    }),
    (request) =>
      service.orders.setStatus(callerOf(request), request.params.id, request.body.status, {
        reason: request.body.reason,
        ...idempotencyOf(request),
      }),
  );

  app.post(
    '/orders/:id/payment',
    route(RIGHTS.writeOrders, 'orders', 'Set the payment of an order', {
      params: OrderParams,
      headers: WriteHeaders,
      body: PaymentRequest,
      response: { 200: Order },
    }),
    (request) => service.orders.setPayment(callerOf(request), request.params.id, request.body, idempotencyOf(request)),
  );
}
