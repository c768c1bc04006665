import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { endWithStarter } from '#test/support/end-with-starter.ts';
import { until } from '#test/support/until.ts';
import { startFakeBotApi } from '../testing/fake-bot-api.ts';
import { ADMIN, draft } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

const LOAD = fileURLToPath(new URL('../testing/tell-until-killed.ts', import.meta.url));
const KILLS = Number(process.env.TELEGRAM_KILLS ?? 1);
const CHATS = [11, 12, 13];

it('[section 13] kill -9 between sending and storing sends no order twice, and omits only what was under way', async () => {
  const bot = await startFakeBotApi();
  onTestFinished(() => bot.close());
  const temp = await sqliteService({ telegram: { token: '1:x', apiRoot: bot.root }, now: Date.now() });
  onTestFinished(() => temp.dispose());
  await temp.service.close();
  // The last message before a kill is not answered, so that each kill falls between sending and storing.
  let answered = 0;
  bot.answer = ({ method, body }) => {
    if (method !== 'sendMessage' || !body.reply_markup) return null;
    return --answered < 0 ? 'never' : null;
  };
  const orderOf = (body: { reply_markup?: object }) => /accept:([^"]+)/.exec(JSON.stringify(body))?.[1];
  const sent = () => bot.of('sendMessage').filter(orderOf);
  for (let kill = 1; kill <= KILLS; kill++) {
    answered = 3 * kill;
    const wanted = sent().length + answered + 1;
    const child = spawn(process.execPath, [LOAD, temp.file, bot.root, String(CHATS.length)]);
    endWithStarter(child);
    let trouble = '';
    let codes = 0;
    child.stdout.on('data', (text) => {
      for (const code of String(text).trim().split('\n')) bot.write({ id: CHATS[codes++] ?? 0 }, `/start ${code}`);
    });
    child.stderr.on('data', (text) => (trouble += text));
    const closed = new Promise((resolve) => child.on('close', resolve));
    await until('messages', () => sent().length >= wanted || trouble !== '', 20_000, 5);
    child.kill('SIGKILL');
    await closed;
    expect(trouble).toBe('');
  }

  bot.answer = () => null;
  const service = await temp.restart();
  const stop = await service.runTelegram();
  const { orders } = await service.orders.list({ storeId: 'main', limit: 200 });
  const last = await service.orders.create(ADMIN, 'main', draft());
  await until(
    'the last order in each chat',
    () => sent().filter((body) => orderOf(body) === last.order.id).length === CHATS.length,
    60_000,
  );
  await stop();
  const seen = sent().map((body) => `${body.chat_id} ${orderOf(body)}`);
  expect(new Set(seen).size).toBe(seen.length);
  // Each chat has at most one message under way.
  const missing = (orders.length + 1) * CHATS.length - seen.length;
  expect(missing).toBeLessThanOrEqual(KILLS * CHATS.length);
}, 120_000);
