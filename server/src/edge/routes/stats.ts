import { z } from 'zod';
import { Instant, StoreId } from '#contract/field-types.ts';
import { Sales } from '#contract/sales.ts';
import { Stats } from '#contract/sync.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import type { HeavyReads } from '../heavy-reads.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';

const StatsQuery = z
  .strictObject({ storeId: StoreId.optional(), from: Instant.optional(), to: Instant.optional() })
  .refine((query) => query.to === undefined || query.from !== undefined, {
    path: ['from'],
    message: 'must come with to',
  })
  .refine((query) => !query.from || !query.to || query.from <= query.to, {
    path: ['to'],
    message: 'must not be before from',
  });

/** Figures of a store. */
export function statsRoutes(app: App, { service }: Edge, reads: HeavyReads): void {
  app.get(
    '/stats',
    route(RIGHTS.read, 'orders', 'Statistics of a span of time, or of today in the store’s time zone', {
      description: 'Today without `from`; `to` is now by default. Revenue is what was sold in the store’s currency.',
      querystring: StatsQuery,
      response: { 200: Stats },
    }),
    (request, reply) => {
      const { storeId, from, to } = request.query;
      const store = storeOf(callerOf(request), storeId);
      return reads.run(request, reply, (signal) => {
        if (from === undefined) return service.orders.statsToday(store);
        return service.orders.stats(store, from, to ?? new Date(service.now()).toISOString(), signal);
      });
    },
  );

  app.get(
    '/sales',
    route(RIGHTS.manageStore, 'orders', 'What was sold in a span of time, by source and by dish', {
      description:
        'Today without `from`; `to` is now by default. Rejected and cancelled orders are left out. Revenue is in the store’s currency.',
      querystring: StatsQuery,
      response: { 200: Sales },
    }),
    (request, reply) => {
      const { storeId, from, to } = request.query;
      const store = storeOf(callerOf(request), storeId);
      return reads.run(request, reply, (signal) =>
        service.orders.sales(store, from, to ?? new Date(service.now()).toISOString(), signal),
      );
    },
  );
}
