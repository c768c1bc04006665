import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '#test/support/until.ts';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { soleTerm } from '../leases/term.ts';
import { type FakeBotApi, startFakeBotApi } from '../testing/fake-bot-api.ts';
import { lossyTerm } from '../testing/lossy-term.ts';
import { ADMIN, draft, makeShop, type Shop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

let bot: FakeBotApi;
let temp: Awaited<ReturnType<typeof sqliteService>>;
let shop: Shop;
let stop: () => Promise<void>;
beforeEach(async () => {
  bot = await startFakeBotApi();
  temp = await sqliteService({ telegram: { token: '1:x', apiRoot: bot.root }, shared: true });
  shop = await makeShop(temp.service);
  stop = await temp.service.runTelegram();
  const { code } = await temp.service.telegram.createCode('main', 'fallback');
  bot.write({ id: 5 }, `/start ${code}`);
  await until('linked', () => bot.of('sendMessage').length === 1, 5_000);
});
afterEach(async () => {
  await stop();
  await temp.dispose();
  await bot.close();
});

it('[section 13] a fallback chat hears of an order that nobody acknowledged in time, once', async () => {
  const { service, clock } = temp;
  service.receipts.connected(shop.display);
  const order = await shop.place();
  service.receipts.onDisk(shop.display, order.seq);
  await service.escalate();
  expect(bot.of('sendMessage')).toHaveLength(1);
  clock.now += 3_600_000;
  await service.escalate();
  await until('the order', () => bot.of('sendMessage').length === 2, 10_000);
  expect(bot.of('sendMessage')[1]).toMatchObject({ chat_id: '5' });
  expect(bot.of('sendMessage')[1].text).toContain('Nobody has seen this order');
  const pressed = bot.of('sendMessage')[1].reply_markup.inline_keyboard[1][0].callback_data;
  bot.press(5, 1, pressed);
  await until('the edit', () => bot.of('editMessageText').at(-1)?.text.includes('Seen by'), 10_000);
  expect(bot.of('sendMessage')).toHaveLength(2);
});

it('[section 13] a message shows the newest open escalation of its order, and none once all have ended', async () => {
  const { service, clock } = temp;
  const last = () => String([...bot.of('sendMessage').slice(1), ...bot.of('editMessageText')].at(-1)?.text);
  const shows = (words: string) => until(words, () => last().includes(words), 10_000);
  service.receipts.connected(shop.display);
  const order = await shop.place();
  const later = async (seconds: number) => {
    clock.now += seconds * 1_000;
    await service.escalate();
  };
  await later(65);
  await shows('Nobody has seen this order');
  await later(10);
  await shows('No screen has this order');
  service.receipts.onDisk(shop.display, order.seq);
  await service.escalate();
  await shows('Nobody has seen this order');
  await service.submitIntent(ADMIN, { storeId: 'main', orderId: order.id, type: 'acknowledge', payload: {} });
  await service.escalate();
  await until('no alert', () => !last().includes('⚠️'), 10_000);
  expect(bot.of('sendMessage')).toHaveLength(2);
});

it('[section 13] a chat hears what was escalated while the bot did not run', async () => {
  const { service, clock } = temp;
  service.receipts.connected(shop.display);
  await stop();
  const { number } = await shop.place();
  clock.now += 3_600_000;
  await service.escalate();
  stop = await service.runTelegram();
  await until('the order', () => bot.of('sendMessage').length === 2, 10_000);
  expect(bot.of('sendMessage')[1].text).toContain(`#${number}`);
});

it('[section 15] a chat hears what another node escalated, without a hint', async () => {
  const [chat] = await temp.service.telegram.list('main');
  await temp.service.telegram.setMode('main', chat?.id ?? '', 'always');
  const other = await temp.open();
  await other.escalations.raise({ storeId: 'main', kind: 'printer', subject: 'pass' }, 'Pass is out of paper.');
  await until('the message', () => bot.of('sendMessage').at(-1)?.text.includes('Pass is out of paper.'), 10_000);
});

it('a code is good for ten minutes', async () => {
  const { code } = await temp.service.telegram.createCode('main', 'always');
  temp.clock.now += 600_000;
  bot.write({ id: 6 }, `/start ${code}`);
  await until('an answer', () => bot.of('sendMessage').length === 2, 5_000);
  expect(await temp.service.telegram.list('main')).toHaveLength(1);
});

it.each([
  ['sending', 'unanswered'],
  ['sending', 'undone'],
  ['sent', 'unanswered'],
  ['sent', 'undone'],
] as const)(
  'an order is one message, which follows it, if the database ends while it is stored as %s, which is %s',
  async (state, loss) => {
    const { telegram, leases, orders } = temp.service;
    const [chat] = await telegram.list('main');
    await telegram.setMode('main', chat?.id ?? '', 'always');
    await stop();
    stop = await temp.service.runTelegram(
      await lossyTerm(leases, loss, async ({ tx }) => {
        const rows = await tx.selectFrom('telegram_messages').select('id').where('state', '=', state).execute();
        return rows.length > 0;
      }),
    );
    const order = await shop.place();
    await until('the message', () => bot.of('sendMessage').length === 2, 10_000);
    await orders.setStatus(ADMIN, order.id, 'preparing', {});
    await until('the edit', () => bot.of('editMessageText').length > 0, 10_000);
    expect(bot.of('sendMessage')).toHaveLength(2);
    expect(temp.logged).not.toEqual([]);
  },
);

it.each(['unanswered', 'undone'] as const)(
  'an order comes to a group that has moved if the database ends while that is stored, which is %s',
  async (loss) => {
    const { telegram, leases } = temp.service;
    const [chat] = await telegram.list('main');
    await telegram.setMode('main', chat?.id ?? '', 'always');
    await stop();
    stop = await temp.service.runTelegram(
      await lossyTerm(leases, loss, async ({ tx }) => {
        const moved = await tx.selectFrom('telegram_chats').select('id').where('chat_id', '=', '77').execute();
        return moved.length > 0;
      }),
    );
    const moved = { error_code: 400, description: 'upgraded', parameters: { migrate_to_chat_id: 77 } };
    bot.answer = ({ method, body }) =>
      method === 'sendMessage' && body.chat_id === '5' ? { status: 400, body: { ok: false, ...moved } } : null;
    const order = await shop.place();
    const there = () => bot.of('sendMessage').filter(({ chat_id }) => chat_id === '77');
    await until('the message', () => there().length === 1, 10_000);
    expect(there()[0].text).toContain(`#${order.number}`);
  },
);

it.each(['unanswered', 'undone'] as const)(
  'a code links its chat, and says so, if the database ends while that is stored, which is %s',
  async (loss) => {
    const { telegram, leases } = temp.service;
    await stop();
    stop = await temp.service.runTelegram(
      await lossyTerm(leases, loss, async ({ tx }) => {
        const linked = await tx.selectFrom('telegram_chats').select('id').where('chat_id', '=', '6').execute();
        return linked.length > 0;
      }),
    );
    const { code } = await telegram.createCode('main', 'always');
    bot.write({ id: 6 }, `/start ${code}`);
    const said = () => bot.of('sendMessage').filter(({ chat_id }) => chat_id === '6');
    await until('an answer', () => said().length === 1, 10_000);
    expect(said()[0].text).toBe(bot.of('sendMessage')[0].text);
    expect((await telegram.list('main')).map(({ chatId }) => chatId)).toEqual(['5', '6']);
  },
);

it('a press waits until the database can store it, however often it is tried', async () => {
  const { telegram, leases, orders } = temp.service;
  const [chat] = await telegram.list('main');
  await telegram.setMode('main', chat?.id ?? '', 'always');
  await stop();
  let isLocked = false;
  const { queue } = await lossyTerm(leases, 'undone', async () => false);
  stop = await temp.service.runTelegram(
    soleTerm({
      ...queue,
      async write(storeId, job, size) {
        if (isLocked && storeId !== null) throw new DatabaseUnavailable('retry', undefined);
        return queue.write(storeId, job, size);
      },
    }),
  );
  const order = await shop.place();
  await until('the order', () => bot.of('sendMessage').length === 2, 10_000);
  isLocked = true;
  bot.press(5, 1, `accept:${order.id}`);
  const failures = () => temp.logged.filter((line) => line.includes('it is tried again, and orders go on')).length;
  await until('three tries', () => failures() === 3, 10_000);
  isLocked = false;
  await until('its effect', async () => (await orders.get(ADMIN, order.id)).status === 'preparing', 10_000);
});

it('what Telegram does not take within 24 hours is given up', async () => {
  bot.answer = ({ method }) => (method === 'sendMessage' ? { status: 500, body: {} } : null);
  await shop.place();
  await until('a try', () => bot.of('sendMessage').length === 2, 5_000);
  temp.clock.now += 24 * 3_600_000 + 1;
  await until('it says so', () => temp.logged.some((line) => line.includes('given up')), 10_000);
  bot.answer = () => null;
  const tries = bot.of('sendMessage').length;
  const next = await shop.place();
  await until('the next order', () => bot.of('sendMessage').length > tries, 10_000);
  expect(JSON.stringify(bot.of('sendMessage').slice(tries))).toContain(next.id);
});

it('[R1] a damaged chat is restored from its second copy; in both copies it hears nothing, and can be removed', async () => {
  const damage = async (sql: string) => {
    await stop();
    await temp.service.close();
    const db = new Sqlite(temp.file);
    db.exec(sql);
    db.close();
    await temp.restart();
    stop = await temp.service.runTelegram();
  };
  const [chat] = await temp.service.telegram.list('main');
  await damage("update telegram_chats set chat_id = '666'");
  expect(await temp.service.telegram.list('main')).toEqual([chat]);
  await damage("update telegram_chats set chat_id = '666', second_copy = ''");
  expect(await temp.service.telegram.list('main')).toEqual([]);
  await temp.service.orders.create(ADMIN, 'main', draft());
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(bot.of('sendMessage')).toHaveLength(1);
  await temp.service.telegram.remove('main', chat?.id ?? '');
});
