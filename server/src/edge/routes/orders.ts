import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { Instant, StatusWord, StoreId, text } from '#contract/field-types.ts';
import { Order, OrderDraft, OrderList } from '#contract/order.ts';
import { type Change, ChangeList } from '#contract/sync.ts';
import { pauseBetweenSlices } from '../../time/pause-between-slices.ts';
import { type App, route } from '../app.ts';
import { linkBaseOf } from '../client-of.ts';
import type { Edge } from '../edge.ts';
import { createHeavyReads, type HeavyReads, HISTORIES } from '../heavy-reads.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { defined, queryNumber } from '../zod-schemas.ts';

export const OrderParams = z.strictObject({ id: z.string() });
export const PlacedOrder = Order.extend({ tracking: z.object({ token: z.string(), url: z.string() }) });

const OrdersQuery = z.strictObject({
  storeId: StoreId.optional(),
  status: z
    .string()
    .transform((words) => words.split(','))
    .pipe(z.array(StatusWord))
    .optional()
    .meta({ description: 'One status, or several with commas between them.' }),
  q: text(200).optional().meta({ description: 'In number, external id, customer name and phone, item names.' }),
  from: Instant.optional().meta({ description: 'The earliest `createdAt`.' }),
  to: Instant.optional().meta({ description: 'The latest `createdAt`.' }),
  limit: queryNumber(1, 200).default(50),
  before: text(500).optional().meta({ description: '`nextBefore` of the page before.' }),
});

/** Placing and reading orders. */
export function orderRoutes(app: App, { service, settings, customerTokens, metrics }: Edge, reads: HeavyReads): void {
  const histories = createHeavyReads(HISTORIES);

  app.post(
    '/orders',
    route(RIGHTS.writeOrders, 'orders', 'Place an order', {
      description: 'A repeat of an `externalId` gets the first order as it is now, with 200.',
      body: OrderDraft,
      response: { 201: PlacedOrder, 200: PlacedOrder },
    }),
    async (request, reply) => {
      const caller = callerOf(request);
      const storeId = storeOf(caller, request.body.storeId);
      const { order, created } = await service.orders.create(caller, storeId, request.body);
      if (created) metrics.orders.inc();
      // Accepting it was the second change in the transaction that created it.
      if (created && order.version === 2) metrics.autoAccepted.inc();
      reply.code(created ? 201 : 200);
      return { ...order, tracking: customerTokens.tracking(order.id, linkBaseOf(request.raw, settings)) };
    },
  );

  app.get(
    '/orders',
    route(RIGHTS.read, 'orders', 'Orders, newest first', {
      description: 'An admin who names no store sees all of them.',
      querystring: OrdersQuery,
      response: { 200: OrderList },
    }),
    async (request, reply) => {
      const caller = callerOf(request);
      const { storeId, ...rest } = request.query;
      const everywhere = caller.role === 'admin' && storeId === undefined;
      const query = { storeId: everywhere ? null : storeOf(caller, storeId), ...defined(rest) };
      return reads.run(request, reply, (signal) => service.orders.list(query, signal));
    },
  );

  app.get(
    '/orders/:id',
    route(RIGHTS.read, 'orders', 'One order', { params: OrderParams, response: { 200: Order } }),
    (request) => service.orders.get(callerOf(request), request.params.id),
  );

  app.get(
    '/orders/:id/history',
    route(RIGHTS.read, 'orders', 'What happened to an order, oldest first', {
      params: OrderParams,
      response: { 200: ChangeList },
    }),
    (request, reply) =>
      histories.run(request, reply, async (signal) => {
        const page = (after?: number) => service.orders.history(callerOf(request), request.params.id, after);
        const json = Readable.from(historyAsJson(await page(), page, signal), { highWaterMark: 1 });
        reply.type('application/json; charset=utf-8').send(json as never);
        await finished(json).catch(() => {});
        return reply as never;
      }),
  );
}

/** `{changes}` as JSON, page by page: a whole history may be larger than the memory. */
async function* historyAsJson(
  first: Change[],
  next: (after: number) => Promise<Change[]>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield '{"changes":[';
  let comma = '';
  for (let page = first; ; ) {
    for (const change of page) {
      yield comma + JSON.stringify(change);
      comma = ',';
    }
    const last = page.at(-1);
    if (!last) break;
    await pauseBetweenSlices(signal);
    page = await next(last.seq);
  }
  yield ']}';
}
