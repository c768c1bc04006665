import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { TelegramChat, TelegramCode } from '#contract/telegram.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';
import { type FakeBotApi, startFakeBotApi } from '../../testing/fake-bot-api.ts';

let bot: FakeBotApi;
let server: TestServer;
let store: TestStore;
let chatId = 1_000;
beforeAll(async () => {
  bot = await startFakeBotApi();
  server = await startServer({ TELEGRAM_BOT_TOKEN: '42:secret-of-the-bot', TELEGRAM_API_ROOT: bot.root });
});
beforeEach(async () => {
  store = await server.makeStore();
  chatId += 1;
  bot.answer = () => null;
});
afterAll(async () => {
  await server.close();
  await bot.close();
});

const code = (body: object = {}) => server.api('POST', `/stores/${store.id}/telegram-codes`, { body });
const chats = async () => (await server.api('GET', `/stores/${store.id}/telegram-chats`)).json.chats;
const told = (text: string) =>
  until(
    `“${text}”`,
    () => bot.of('sendMessage').some((one) => Number(one.chat_id) === chatId && one.text.includes(text)),
    10_000,
  );
async function link(mode = 'always') {
  bot.write({ id: chatId }, `/start ${(await code({ mode })).json.code}`);
  await told('Done');
}
const place = async (over = {}) =>
  (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft(over) })).json;
const messagesOf = (id: string) => bot.of('sendMessage').filter((one) => JSON.stringify(one).includes(id));
const message = (id: string) => until('a message', () => messagesOf(id)[0], 10_000);
const orderNow = async (id: string) => (await server.api('GET', `/orders/${id}`)).json;
const edited = (text: string, after = 0) =>
  until(
    `an edit with ${text}`,
    () =>
      bot
        .of('editMessageText')
        .slice(after)
        .find((one) => Number(one.chat_id) === chatId && one.text.includes(text)),
    10_000,
  );
/** The fake counts messages and updates together. */
const anyMessage = 5;

describe('[section 13] Telegram', () => {
  it('links a chat by a code, once, in a group too', async () => {
    const made = await code();
    expect(made.status).toBe(201);
    expect(TelegramCode.strict().parse(made.json)).toEqual(made.json);
    bot.write({ id: -chatId, type: 'supergroup', title: 'Kitchen <b>' }, `/start@ticketrail_bot ${made.json.code}`);
    await until('the chat', async () => (await chats()).length === 1, 5_000);
    const [chat] = await chats();
    expect(TelegramChat.strict().parse(chat)).toEqual(chat);
    expect(chat).toMatchObject({ chatId: String(-chatId), name: 'Kitchen <b>', mode: 'always' });
    bot.write({ id: chatId }, `/start ${made.json.code}`);
    await told('wrong');
    expect(await chats()).toHaveLength(1);
    const path = `/stores/${store.id}/telegram-chats/${chat.id}`;
    expect((await server.api('PATCH', path, { body: { mode: 'loud' } })).json.error.details[0].path).toBe('mode');
    expect((await server.api('PATCH', path, { body: { mode: 'fallback' } })).json).toEqual({
      ...chat,
      mode: 'fallback',
    });
    expect((await server.api('DELETE', path)).status).toBe(204);
    expect(await chats()).toEqual([]);
  });

  it('ignores a chat that guesses codes', async () => {
    for (let i = 0; i < 6; i++) bot.write({ id: chatId }, `/start GUESS${i}`);
    const { json } = await code();
    bot.write({ id: chatId }, `/start ${json.code}`);
    chatId += 1;
    await link();
    expect((await chats()).map((chat: TelegramChat) => chat.chatId)).toEqual([String(chatId)]);
  });

  it('says an order, moves it on by a button, and shows how it goes on in the same message', async () => {
    await link();
    const items = [{ name: 'Soup <script> & "bread"', quantity: 2, note: 'no <egg>' }];
    const order = await place({ items });
    const sent = await message(order.id);
    expect(sent.parse_mode).toBe('HTML');
    expect(sent.text).toContain(order.number);
    expect(sent.text).toContain('Soup &lt;script&gt; &amp; &quot;bread&quot;');
    const buttons = sent.reply_markup.inline_keyboard.flat();
    expect(buttons.map((one: { text: string }) => one.text)).toEqual(['Accept', 'Reject', 'Seen']);
    for (const one of buttons) expect(Buffer.byteLength(one.callback_data)).toBeLessThanOrEqual(64);
    bot.press(chatId, anyMessage, `accept:${order.id}`, 'Nino');
    await edited('Preparing');
    expect(await orderNow(order.id)).toMatchObject({ status: 'preparing' });
    const { changes } = (await server.api('GET', `/orders/${order.id}/history`)).json;
    expect(changes.at(-1).by.name).toBe('Nino (Telegram)');
    await server.api('POST', `/orders/${order.id}/status`, { body: { status: 'cancelled', reason: 'changed mind' } });
    expect((await edited('Cancelled')).reply_markup.inline_keyboard).toEqual([]);
    bot.press(chatId, anyMessage, `accept:${order.id}`);
    await until('an answer', () => bot.of('answerCallbackQuery').at(-1)?.text, 5_000);
    expect(await orderNow(order.id)).toMatchObject({ status: 'cancelled' });
    expect(messagesOf(order.id)).toHaveLength(1);
  });

  it('asks for the reason of a rejection by buttons; Seen acknowledges', async () => {
    await link();
    const order = await place();
    await message(order.id);
    bot.press(chatId, anyMessage, `seen:${order.id}`);
    await edited('Seen by');
    expect((await orderNow(order.id)).acknowledgedAt).not.toBeNull();
    const before = bot.of('editMessageText').length;
    bot.press(chatId, anyMessage, `reject:${order.id}`);
    const asked = await edited(order.number, before);
    expect(asked.reply_markup.inline_keyboard.flat()[0].text).toBe('Sold out');
    expect((await orderNow(order.id)).status).toBe('pending');
    bot.press(chatId, anyMessage, asked.reply_markup.inline_keyboard[0][0].callback_data);
    await edited('Rejected');
    expect(await orderNow(order.id)).toMatchObject({ status: 'rejected', reason: 'Sold out' });
  });

  it("writes in the store's language, and to a person in the one of that person's Telegram", async () => {
    await server.api('PATCH', `/stores/${store.id}`, { body: { settings: { language: 'ru' } } });
    await link();
    const order = await place({ table: '7', fulfilment: 'dine_in' });
    const sent = await message(order.id);
    expect(sent.text).toMatch(/В зале · Стол 7\n<b>Новый<\/b>/);
    bot.press(chatId, anyMessage, `reject:${order.id}`);
    const asked = await edited('Новый');
    expect(asked.reply_markup.inline_keyboard.flat()[1].text).toBe('Кухня перегружена');
    bot.press(chatId, anyMessage, asked.reply_markup.inline_keyboard[1][0].callback_data);
    await edited('Отклонён');
    expect((await orderNow(order.id)).reason).toBe('Кухня перегружена');
    bot.write({ id: chatId }, '/stop', { language_code: 'es-MX' });
    await told('ya no llegan');
  });

  it('[section 16] does nothing for a press in a chat that is not linked', async () => {
    await link();
    const order = await place();
    await message(order.id);
    const answers = bot.of('answerCallbackQuery').length;
    bot.press(chatId + 5_000_000, anyMessage, `accept:${order.id}`);
    await until('an answer', () => bot.of('answerCallbackQuery').length > answers, 5_000);
    expect((await orderNow(order.id)).status).toBe('pending');
  });

  it('says it in a fallback chat only while no display is live', async () => {
    await link('fallback');
    const position = `cursor=0&epoch=${(await server.api('GET', `/sync?cursor=0&storeId=${store.id}`)).json.epoch}`;
    await server.api('GET', `/sync?${position}`, { token: store.display.token });
    const seen = await place();
    server.service.receipts.presence(store.id);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(messagesOf(seen.id)).toEqual([]);
    await server.api('DELETE', `/devices/${store.display.deviceId}`);
    const unseen = await place();
    await message(unseen.id);
  });

  it('sends once what Telegram refused for a while, and honours retry_after', async () => {
    await link();
    let refusals = 3;
    const times: number[] = [];
    bot.answer = ({ method, body }) => {
      if (method !== 'sendMessage' || Number(body.chat_id) !== chatId) return null;
      times.push(performance.now());
      if (--refusals < 0) return null;
      if (refusals === 0)
        return {
          status: 429,
          body: { ok: false, error_code: 429, description: 'slow', parameters: { retry_after: 2 } },
        };
      return { status: 500, body: { ok: false, error_code: 500, description: 'Internal' } };
    };
    const order = await place();
    await until('the message', () => refusals < 0, 15_000);
    expect((times.at(-1) ?? 0) - (times.at(-2) ?? 0)).toBeGreaterThan(1_900);
    await server.api('POST', `/orders/${order.id}/status`, { body: { status: 'preparing' } });
    await edited('Preparing');
    expect(refusals).toBe(-1);
  }, 25_000);

  it('never sends a message twice whose outcome is unknown, over a restart either', async () => {
    const api = await startFakeBotApi();
    onTestFinished(() => api.close());
    const environment = { TELEGRAM_BOT_TOKEN: '43:other', TELEGRAM_API_ROOT: api.root };
    const own = await startServer(environment);
    onTestFinished(() => own.close());
    const { id, integration } = await own.makeStore();
    const orders = async (at: TestServer) =>
      (await at.api('POST', '/orders', { token: integration.token, body: orderDraft() })).json;
    const sent = (order: { id: string }) =>
      api.of('sendMessage').filter((one) => JSON.stringify(one).includes(order.id)).length;
    api.write(
      { id: chatId },
      `/start ${(await own.api('POST', `/stores/${id}/telegram-codes`, { body: {} })).json.code}`,
    );
    await until('linked', () => api.of('sendMessage').length === 1, 5_000);
    api.answer = ({ method }) => (method === 'sendMessage' ? 'cut' : null);
    const lost = await orders(own);
    await until('it is sent', () => sent(lost) === 1, 5_000);
    api.answer = () => null;
    await own.stop();
    const again = await startServer(environment, own.dir);
    onTestFinished(() => again.close());
    const later = await orders(again);
    await until('the next one', () => sent(later) === 1, 5_000);
    expect(sent(lost)).toBe(1);
  }, 25_000);

  it('takes orders as before while Telegram is away', async () => {
    const away = await startServer({ TELEGRAM_BOT_TOKEN: '44:x', TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
    onTestFinished(() => away.close());
    const { id, integration } = await away.makeStore();
    expect((await away.api('POST', `/stores/${id}/telegram-codes`, { body: {} })).status).toBe(201);
    const placed = await away.api('POST', '/orders', { token: integration.token, body: orderDraft() });
    expect(placed.status).toBe(201);
  });

  it('says without a bot what to set', async () => {
    const without = await startServer();
    onTestFinished(() => without.close());
    const { id } = await without.makeStore();
    const { status, json } = await without.api('POST', `/stores/${id}/telegram-codes`, { body: {} });
    expect([status, json.error.code]).toEqual([409, 'conflict']);
    expect(json.error.message).toContain('TELEGRAM_BOT_TOKEN');
    expect((await without.api('GET', `/stores/${id}/telegram-chats`)).json).toEqual({ chats: [] });
  });
});
