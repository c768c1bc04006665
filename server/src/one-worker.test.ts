import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PrinterDraft } from '#contract/printer.ts';
import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { startCommand } from '#test/support/program.ts';
import { until } from '#test/support/until.ts';
import { startFakeBotApi } from './testing/fake-bot-api.ts';
import { newPostgresDatabase, postgresUrl } from './testing/postgres-databases.ts';
import { ADMIN, draft, makeShop } from './testing/shop.ts';
import { aReceiver, range, seqs } from './testing/webhook-shop.ts';
import { workBeside } from './testing/work-beside.ts';

const BESIDE = fileURLToPath(new URL('./testing/work-until-killed.ts', import.meta.url));
const LEASE_MS = 1_500;
const CHAT = 11;

/** How often each is tried; a takeover that goes wrong once in fifty shows in a hundred. */
const ROUNDS = Number(process.env.ROUNDS ?? 1);

async function world() {
  const [database, bot, printer, receiver] = await Promise.all([
    newPostgresDatabase(),
    startFakeBotApi(),
    startFakePrinter({ slowMs: 2 }),
    aReceiver(),
  ]);
  onTestFinished(() => database.drop());
  onTestFinished(() => bot.close());
  onTestFinished(() => printer.stop());
  const child = () =>
    startCommand([process.execPath, BESIDE, database.url, String(LEASE_MS), bot.root], { env: {} }, (output) =>
      output.includes('started') ? true : null,
    );
  const other = await child();
  onTestFinished(() => other.stop('SIGKILL'));
  const here = await workBeside(database.url, LEASE_MS, bot.root);
  onTestFinished(() => here.close());
  const { service } = here;
  const worksHere = () => [...service.leases.works()].flatMap(([work, isDone]) => (isDone ? work : []));
  expect(worksHere()).toEqual([]);

  await makeShop(service, 'main');
  await service.webhooks.create('main', { url: receiver.url, events: undefined, disabled: undefined });
  const { address } = printer;
  const pass = { name: 'Pass', address, encoding: 'text', on: ['accepted'] };
  await service.printers.create('main', PrinterDraft.parse(pass));
  const { code } = await service.telegram.createCode('main', 'always');
  bot.write({ id: CHAT }, `/start ${code}`);
  await until('the chat', () => bot.of('sendMessage').length > 0, 10_000);

  const placed: { id: string; number: string }[] = [];
  const papers = () =>
    printer.jobs.filter(({ cuts }) => cuts > 0).map(({ text }) => text.split('\n').map((row) => row.trim()));
  const messages = (number: string) =>
    bot.of('sendMessage').filter(({ text }) => String(text).startsWith(`<b>#${number}</b>`)).length;
  const papersOf = (number: string) => papers().filter((rows) => rows.includes(number));
  return {
    ...{ service, other, receiver, placed, worksHere },
    /** Takes orders of which everybody hears. */
    async place(count: number): Promise<void> {
      for (let i = 0; i < count; i++) {
        const { order } = await service.orders.create(ADMIN, 'main', draft());
        await service.orders.setStatus(ADMIN, order.id, 'preparing', {});
        placed.push(order);
      }
    },
    /** @param but orders of which one message may be missing: it was under way when a server stopped */
    async untilTold(but: ReadonlySet<string> = new Set()): Promise<void> {
      const { head } = await service.log.head('main');
      await until('the webhook', () => seqs(receiver.calls).includes(head), 30_000);
      for (const { id, number } of placed) {
        await until(`paper of ${number}`, () => papersOf(number).length > 0, 30_000);
        if (!but.has(id)) await until(`message of ${number}`, () => messages(number) > 0, 30_000);
      }
    },
    /** Everything once; what comes twice is marked as a repeat. */
    async expectOnce(): Promise<void> {
      const { head } = await service.log.head('main');
      const ids = new Map<string, number>();
      const firsts: number[] = [];
      for (const { id, message } of receiver.calls) {
        if (message.seq === undefined) continue;
        if (!ids.has(id)) firsts.push(message.seq);
        ids.set(id, (ids.get(id) ?? 0) + 1);
      }
      expect(firsts).toEqual(range(1, head));
      for (const { number } of placed) {
        const own = papersOf(number);
        const reprints = own.filter((rows) => rows.includes('REPRINT')).length;
        expect([number, own.length - reprints < 2, reprints < 2]).toEqual([number, true, true]);
        expect([number, messages(number) < 2]).toEqual([number, true]);
      }
    },
    repeats: () => receiver.calls.length - new Set(receiver.calls.map(({ id }) => id)).size,
  };
}

describe.runIf(postgresUrl())('[section 15] two servers of one database', () => {
  it('tell each change once, in order, print each paper once and send each message once', async () => {
    const { worksHere, place, untilTold, expectOnce, repeats, receiver } = await world();
    await place(5);
    await untilTold();
    await expectOnce();
    expect(worksHere()).toEqual([]);
    expect([repeats(), receiver.most()]).toEqual([0, 1]);
  }, 60_000);

  it('go on within seconds if the one that works is killed; what is repeated is marked', async () => {
    const { worksHere, other, place, untilTold, expectOnce, receiver, placed } = await world();
    await place(3);
    const before = receiver.calls.length;
    await until('a call', () => receiver.calls.length > before, 10_000, 1);
    await other.stop('SIGKILL');
    const underWay = new Set(placed.map(({ id }) => id));
    await place(2);
    await until('the work', () => worksHere().includes('webhooks'), LEASE_MS * 4);
    await untilTold(underWay);
    await expectOnce();
  }, 60_000);

  it('are not disturbed by one that was paused in the middle of its work and then goes on', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { service, worksHere, other, place, untilTold, expectOnce, repeats, receiver, placed } = await world();
      await place(2);
      await untilTold();
      let answer = () => {};
      receiver.answer = () => {
        receiver.answer = () => 200;
        return (response) => {
          answer = () => response.writeHead(200).end();
        };
      };
      const before = receiver.calls.length;
      await place(1);
      await until('a call', () => receiver.calls.length > before, 10_000, 1);
      other.send('SIGSTOP');
      const underWay = new Set(placed.map(({ id }) => id));
      await place(2);
      await untilTold(underWay);
      expect(worksHere()).toEqual(expect.arrayContaining(['webhooks', 'printers', 'Telegram']));
      const repeated = repeats();
      answer();
      other.send('SIGCONT');
      await place(1);
      await sleep(LEASE_MS);
      await place(1);
      await untilTold(underWay);
      await expectOnce();
      // It has sent nothing more.
      expect(repeats()).toBe(repeated);
      const { head } = await service.log.head('main');
      await until(
        'the place in the log',
        async () => (await service.webhooks.list('main'))[0]?.cursor === head,
        10_000,
      );
    }
  }, 120_000);
});
