import { z } from 'zod';
import { MadeSource, PullResult, Source, SourceDraft, SourceLogEntry, SourcePatch } from '#contract/source.ts';
import { type App, route } from '../app.ts';
import { clientOf, linkBaseOf } from '../client-of.ts';
import type { Edge } from '../edge.ts';
import { callerOf, countRequest, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { onceOf, WriteHeaders } from '../write-headers.ts';
import { StoreParams } from './stores.ts';

const TAG = 'sources';
const HOOK_BYTES = 1024 * 1024;
/** Webhooks a minute from one address: a shop's rush comes from one. */
const HOOKS_PER_MINUTE = 6_000;

/** Where orders come from (contract, section 12). */
export function sourceRoutes(app: App, edge: Edge): void {
  app.post(
    '/stores/:id/sources',
    route(RIGHTS.manageStore, TAG, 'Add a source of orders', {
      description: 'Secrets are never shown again. `secret` is in the answer for the kind `standard` only.',
      params: StoreParams,
      headers: WriteHeaders,
      body: SourceDraft,
      response: { 201: MadeSource },
    }),
    async (request, reply) => {
      const storeId = storeOf(callerOf(request), request.params.id);
      const base = linkBaseOf(request.raw, edge.settings);
      return reply.code(201).send(await edge.service.sources.create(storeId, request.body, base, onceOf(request)));
    },
  );

  app.get(
    '/stores/:id/sources',
    route(RIGHTS.manageStore, TAG, 'The sources of a store', {
      params: StoreParams,
      response: { 200: z.object({ sources: z.array(Source) }) },
    }),
    async (request) => ({ sources: await edge.service.sources.list(storeOf(callerOf(request), request.params.id)) }),
  );

  app.get(
    '/sources/:id',
    route(RIGHTS.manageStore, TAG, 'A source', { params: StoreParams, response: { 200: Source } }),
    (request) => edge.service.sources.get(request.params.id, callerOf(request).storeId),
  );

  app.patch(
    '/sources/:id',
    route(RIGHTS.manageStore, TAG, 'Change a source', {
      description: '`settings` replaces all of them; a field of `secret` that is absent stays.',
      params: StoreParams,
      body: SourcePatch,
      response: { 200: Source },
    }),
    (request) => edge.service.sources.patch(request.params.id, request.body, callerOf(request).storeId),
  );

  app.delete(
    '/sources/:id',
    route(RIGHTS.manageStore, TAG, 'Delete a source; its orders stay', {
      params: StoreParams,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      await edge.service.sources.remove(request.params.id, callerOf(request).storeId);
      return reply.code(204).send();
    },
  );

  app.get(
    '/sources/:id/log',
    route(RIGHTS.manageStore, TAG, 'What came from a source and what became of it, newest first', {
      params: StoreParams,
      response: { 200: z.object({ entries: z.array(SourceLogEntry) }) },
    }),
    async (request) => ({ entries: await edge.service.sources.log(request.params.id, callerOf(request).storeId) }),
  );

  app.post(
    '/sources/:id/pull',
    route(RIGHTS.manageStore, TAG, 'Pull the orders of a source now', {
      params: StoreParams,
      response: { 200: PullResult },
    }),
    (request) => edge.service.sources.pull(request.params.id, callerOf(request).storeId),
  );

  // Signatures are of the bytes as they came.
  app.register(async (hooks: App) => {
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    hooks.post(
      '/hooks/:id',
      {
        ...route('free', TAG, 'A webhook of a source: the address `eventsUrl`', {
          description: 'Its signature is judged as the kind of the source says. 200: what it says is stored.',
          params: StoreParams,
          response: { 200: z.object({}) },
        }),
        bodyLimit: HOOK_BYTES,
      },
      async (request, reply) => {
        const address = `hooks address ${clientOf(request.raw, edge.settings).address}`;
        countRequest(edge, address, HOOKS_PER_MINUTE, reply);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        await edge.service.sources.hear(request.params.id, { headers: request.headers, body });
        return {};
      },
    );
  });
}
