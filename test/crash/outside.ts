import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { startFakeBotApi } from '#server/testing/fake-bot-api.ts';
import type { Postgres } from '#server/testing/start-postgres.ts';
import { startReceiver } from '#server/testing/webhook-receiver.ts';
import type { Api } from '#test/support/api.ts';
import type { Random } from '#test/support/random.ts';
import { until } from '#test/support/until.ts';
import type { Effects } from './judge-effects.ts';

const CHAT = 11;
/** An order that nobody has seen by then is an escalation. */
export const SEEN_WITHIN_S = 10;
/** Of the fakes, so that a kill finds something under way, ms. */
const SLOW_MS = 10;
const POLL_MS = 1_000;

/** Everybody outside who hears of orders: a webhook's receiver, a printer, and a chat of Telegram. All of them are well. */
export async function startOutside(random: Random) {
  const [receiver, printer, bot] = await Promise.all([
    startReceiver(),
    startFakePrinter({ slowMs: SLOW_MS }),
    startFakeBotApi(POLL_MS),
  ]);
  receiver.answer = () => (response) =>
    setTimeout(() => response.writeHead(200).end(), random.int(0, 2 * SLOW_MS)).unref();

  return {
    /** For the servers. */
    env: { PRIVATE_TARGETS: '1', TELEGRAM_BOT_TOKEN: '1:x', TELEGRAM_API_ROOT: bot.root },
    /** Lets the store `main` tell them. */
    async connect(admin: Api): Promise<void> {
      const printed = { name: 'Pass', address: printer.address, encoding: 'text', on: ['accepted'] };
      await made(admin('PATCH', '/stores/main', { body: { settings: { acknowledgeWithinSeconds: SEEN_WITHIN_S } } }));
      await made(admin('POST', '/stores/main/webhooks', { body: { url: receiver.url } }));
      await made(admin('POST', '/stores/main/printers', { body: printed }));
      const { code } = await made<{ code: string }>(admin('POST', '/stores/main/telegram-codes', { body: {} }));
      bot.write({ id: CHAT }, `/start ${code}`);
      await until('the chat', () => bot.of('sendMessage').length > 0, 30_000);
    },
    /** What they got, and what the database says of it. @param ask runs a query */
    async read(ask: (statement: string) => ReturnType<Postgres['run']>): Promise<Effects> {
      const rows = async <T>(statement: string) => (await ask(statement)) as T[];
      const [log] = await rows<{ epoch: string; head: number }>('select epoch, head from store_logs');
      return {
        epoch: log?.epoch ?? '',
        head: Number(log?.head),
        calls: receiver.calls,
        papers: printer.jobs.map(({ text, cuts }) => ({
          rows: text.split('\n').map((row) => row.trim()),
          isWhole: cuts > 0,
        })),
        messages: bot.of('sendMessage').map(({ text }) => String(text)),
        escalations: await rows('select id, kind, order_id as "orderId", resolved_at as "resolvedAt" from escalations'),
        prints: await rows('select order_id as "orderId", state, reprint::int as reprint from prints'),
        chats: await rows(`select about, state from telegram_messages where kind = 'order'`),
        webhook: await rows(`select message_id as id, tries from webhook_deliveries where state <> 'delivered'`),
        quarantined: await rows(
          `select device_id as "deviceId", command_id as "commandId" from commands where result like '%"quarantined"%'`,
        ),
      };
    },
    async stop(): Promise<void> {
      await Promise.all([receiver.kill(), printer.stop(), bot.close()]);
    },
  };
}

async function made<T>(asked: ReturnType<Api>): Promise<T> {
  const { status, body } = await asked;
  if (status > 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as T;
}
