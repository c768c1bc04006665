import { Availability, AvailabilityPatch } from '#contract/availability.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { StoreParams } from './stores.ts';

/** What a store takes now. */
export function availabilityRoutes(app: App, { service }: Edge): void {
  app.get(
    '/stores/:id/availability',
    route(RIGHTS.read, 'stores', 'What a store takes now', {
      description: 'Times end by themselves. An order is never refused for any of this.',
      params: StoreParams,
      response: { 200: Availability },
    }),
    (request) => service.availability.get(storeOf(callerOf(request), request.params.id)),
  );

  app.patch(
    '/stores/:id/availability',
    route(RIGHTS.setAvailability, 'stores', 'Change what a store takes now', {
      description: 'Null or a time that has passed ends a pause or a busy time. `unavailable` replaces the list.',
      params: StoreParams,
      body: AvailabilityPatch,
      response: { 200: Availability },
    }),
    (request) => service.availability.patch(storeOf(callerOf(request), request.params.id), request.body),
  );
}
