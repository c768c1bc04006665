import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As it was sent. */
type Json = ReturnType<typeof JSON.parse>;

export interface BotCall {
  method: string;
  body: Json;
}
export type BotReply = { status: number; body: object } | 'never' | 'cut' | null;

/** Telegram's Bot API: real HTTP on a free port, updates confirmed by `offset`. */
export interface FakeBotApi {
  root: string;
  calls: BotCall[];
  of(method: string): Json[];
  /** Replaces the answer to a call; null: the usual one. */
  answer: (call: BotCall) => BotReply;
  /** Somebody writes to the bot. */
  write(chat: { id: number; [more: string]: unknown }, text: string, from?: { language_code?: string }): void;
  /** Somebody presses a button of a message. */
  press(chatId: number, messageId: number, data: string, firstName?: string): void;
  close(): Promise<void>;
}

/** @param pollMs how long a call for updates waits; short, so that nothing waits for 25 s */
export async function startFakeBotApi(pollMs = 30): Promise<FakeBotApi> {
  let number = 100;
  let updates: { update_id: number }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const method = request.url?.split('/').at(-1) ?? '';
      const call = { method, body: JSON.parse(Buffer.concat(chunks).toString() || '{}') };
      api.calls.push(call);
      const send = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const reply = api.answer(call);
      if (reply === 'never') return;
      if (reply === 'cut') return void request.socket.destroy();
      if (reply) return void send(reply.status, reply.body);
      if (method !== 'getUpdates') return void send(200, { ok: true, result: { message_id: number++, ...call.body } });
      updates = updates.filter(({ update_id }) => update_id >= (call.body.offset ?? 0));
      if (updates.length === 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
      send(200, { ok: true, result: updates });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const from = (first_name: string) => ({ id: 7, is_bot: false, first_name });
  const api: FakeBotApi = {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    of: (method) => api.calls.filter((call) => call.method === method).map(({ body }) => body),
    answer: () => null,
    write(chat, text, person = {}) {
      const message = { message_id: number++, date: 0, chat: { type: 'private', first_name: 'Nino', ...chat }, text };
      updates.push({ update_id: number++, message: { ...message, from: { ...from('Nino'), ...person } } } as never);
    },
    press(chatId, messageId, data, firstName = 'Nino') {
      const message = { message_id: messageId, date: 0, chat: { id: chatId, type: 'private' } };
      const callback_query = { id: `q${number}`, from: from(firstName), chat_instance: '1', data, message };
      updates.push({ update_id: number++, callback_query } as never);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return api;
}
