import { z } from 'zod';
import {
  Delivery,
  MadeWebhook,
  Replay,
  Webhook,
  WebhookDraft,
  WebhookPatch,
  WebhookSecret,
} from '#contract/webhook.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { onceOf, WriteHeaders } from '../write-headers.ts';
import { StoreParams } from './stores.ts';

const TAG = 'webhooks';

/** Outgoing webhooks (contract, section 11). */
export function webhookRoutes(app: App, edge: Edge): void {
  app.post(
    '/stores/:id/webhooks',
    route(RIGHTS.manageStore, TAG, 'Create a webhook; its secret is shown once', {
      description:
        'It gets what happens from now on, signed by Standard Webhooks. Without `events` it gets all of them.',
      params: StoreParams,
      headers: WriteHeaders,
      body: WebhookDraft,
      response: { 201: MadeWebhook },
    }),
    async (request, reply) => {
      const storeId = storeOf(callerOf(request), request.params.id);
      const made = await edge.service.webhooks.create(storeId, request.body, onceOf(request));
      return reply.code(201).send(made);
    },
  );

  app.get(
    '/stores/:id/webhooks',
    route(RIGHTS.manageStore, TAG, 'The webhooks of a store', {
      params: StoreParams,
      response: { 200: z.object({ webhooks: z.array(Webhook) }) },
    }),
    async (request) => ({ webhooks: await edge.service.webhooks.list(storeOf(callerOf(request), request.params.id)) }),
  );

  app.get(
    '/webhooks/:id',
    route(RIGHTS.manageStore, TAG, 'A webhook', { params: StoreParams, response: { 200: Webhook } }),
    (request) => edge.service.webhooks.get(request.params.id, callerOf(request).storeId),
  );

  app.patch(
    '/webhooks/:id',
    route(RIGHTS.manageStore, TAG, 'Change a webhook', {
      description: 'Switched on again, it goes on where it stopped. Another `url` is tried at once.',
      params: StoreParams,
      body: WebhookPatch,
      response: { 200: Webhook },
    }),
    (request) => edge.service.webhooks.patch(request.params.id, request.body, callerOf(request).storeId),
  );

  app.delete(
    '/webhooks/:id',
    route(RIGHTS.manageStore, TAG, 'Delete a webhook', { params: StoreParams, response: { 204: z.undefined() } }),
    async (request, reply) => {
      await edge.service.webhooks.remove(request.params.id, callerOf(request).storeId);
      return reply.code(204).send();
    },
  );

  app.get(
    '/webhooks/:id/deliveries',
    route(RIGHTS.manageStore, TAG, 'What became of a webhook’s messages, newest first', {
      description: 'The newest 200 that were delivered, the newest 200 that could not be, and the one that waits.',
      params: StoreParams,
      response: { 200: z.object({ deliveries: z.array(Delivery) }) },
    }),
    async (request) => ({
      deliveries: await edge.service.webhooks.deliveries(request.params.id, callerOf(request).storeId),
    }),
  );

  app.post(
    '/webhooks/:id/test',
    route(RIGHTS.manageStore, TAG, 'Send a test message now', {
      description: 'Sends `{"type": "test", "data": {"webhookId"}}` once and answers with what came of it.',
      params: StoreParams,
      response: { 200: Delivery },
    }),
    (request) => edge.service.webhooks.test(request.params.id, callerOf(request).storeId),
  );

  app.post(
    '/webhooks/:id/replay',
    route(RIGHTS.manageStore, TAG, 'Send the changes from a number on again', {
      params: StoreParams,
      body: Replay,
      response: { 200: Webhook },
    }),
    (request) => edge.service.webhooks.replay(request.params.id, request.body.from, callerOf(request).storeId),
  );

  app.post(
    '/webhooks/:id/rotate',
    route(RIGHTS.manageStore, TAG, 'Make a new secret; the former ones sign too for 24 h', {
      params: StoreParams,
      response: { 200: WebhookSecret },
    }),
    (request) => edge.service.webhooks.rotate(request.params.id, callerOf(request).storeId),
  );
}
