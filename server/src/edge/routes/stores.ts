import { z } from 'zod';
import { Store, StoreDraft, StorePatch } from '#contract/store.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { onceOf, WriteHeaders } from '../write-headers.ts';

export const StoreParams = z.strictObject({ id: z.string() });

/** Stores. A device sees its own; an admin sees all. */
export function storeRoutes(app: App, { service }: Edge): void {
  app.post(
    '/stores',
    route(RIGHTS.makeStores, 'stores', 'Create a store', {
      headers: WriteHeaders,
      body: StoreDraft,
      response: { 201: Store },
    }),
    async (request, reply) => {
      const store = await service.stores.create(request.body, onceOf(request));
      return reply.code(201).send(store);
    },
  );

  app.get(
    '/stores',
    route(RIGHTS.read, 'stores', 'The stores', { response: { 200: z.object({ stores: z.array(Store) }) } }),
    async (request) => {
      const caller = callerOf(request);
      return {
        stores: caller.role === 'admin' ? await service.stores.list() : [await service.stores.get(caller.storeId)],
      };
    },
  );

  app.get(
    '/stores/:id',
    route(RIGHTS.read, 'stores', 'One store', { params: StoreParams, response: { 200: Store } }),
    (request) => service.stores.get(storeOf(callerOf(request), request.params.id)),
  );

  app.patch(
    '/stores/:id',
    route(RIGHTS.manageStore, 'stores', 'Change a store', {
      params: StoreParams,
      body: StorePatch,
      response: { 200: Store },
    }),
    (request) => service.stores.patch(storeOf(callerOf(request), request.params.id), request.body),
  );
}
