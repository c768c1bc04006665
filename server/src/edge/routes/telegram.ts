import { z } from 'zod';
import { TelegramChat, TelegramChatPatch, TelegramCode, TelegramCodeRequest } from '#contract/telegram.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { StoreParams } from './stores.ts';

const TAG = 'telegram';
const ChatParams = StoreParams.extend({ chat: z.string() });

/** Chats of Telegram that hear of a store's orders (contract, sections 13 and 16). */
export function telegramRoutes(app: App, edge: Edge): void {
  app.post(
    '/stores/:id/telegram-codes',
    route(RIGHTS.manageStore, TAG, 'Make a code that links a chat', {
      description:
        'Write `/start <code>` to the bot within ten minutes, in a group too. `mode` is `always` unless given. 409 if the server has no bot.',
      params: StoreParams,
      body: TelegramCodeRequest,
      response: { 201: TelegramCode },
    }),
    async (request, reply) => {
      const storeId = storeOf(callerOf(request), request.params.id);
      return reply.code(201).send(await edge.service.telegram.createCode(storeId, request.body.mode ?? 'always'));
    },
  );

  app.get(
    '/stores/:id/telegram-chats',
    route(RIGHTS.manageStore, TAG, 'The chats of a store', {
      params: StoreParams,
      response: { 200: z.object({ chats: z.array(TelegramChat) }) },
    }),
    async (request) => ({ chats: await edge.service.telegram.list(storeOf(callerOf(request), request.params.id)) }),
  );

  app.patch(
    '/stores/:id/telegram-chats/:chat',
    route(RIGHTS.manageStore, TAG, 'Change what a chat hears', {
      params: ChatParams,
      body: TelegramChatPatch,
      response: { 200: TelegramChat },
    }),
    async (request) => {
      const { id, chat } = request.params;
      return edge.service.telegram.setMode(storeOf(callerOf(request), id), chat, request.body.mode);
    },
  );

  app.delete(
    '/stores/:id/telegram-chats/:chat',
    route(RIGHTS.manageStore, TAG, 'Unlink a chat', { params: ChatParams, response: { 204: z.undefined() } }),
    async (request, reply) => {
      const { id, chat } = request.params;
      await edge.service.telegram.remove(storeOf(callerOf(request), id), chat);
      return reply.code(204).send();
    },
  );
}
