import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { escpos } from '#capture/testing/escpos.ts';
import type { Order } from '#contract/order.ts';
import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { createFakeWooCommerce } from '#server/sources/woocommerce/testing/fake-woocommerce.ts';
import { wooPayload } from '#server/sources/woocommerce/testing/woo-payload.ts';
import { type FakeBotApi, startFakeBotApi } from '#server/testing/fake-bot-api.ts';
import { signedHeaders } from '#server/webhooks/sign.ts';
import { freePort } from '#test/support/free-port.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { expectNoViolations } from './support/accessibility.ts';
import { test as base, open } from './support/manager.ts';
import { orderOn } from './support/managing.ts';
import { ADMIN_TOKEN, createServer, type Server } from './support/server.ts';
import { caller } from './support/shop.ts';

/** What a shop is connected to, as its manager sets it up on `/admin`; the services are fakes over real sockets. */
const test = base.extend<object, { bot: FakeBotApi; sharedServer: () => Promise<Server> }>({
  bot: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const bot = await startFakeBotApi();
      await use(bot);
      await bot.close();
    },
    { scope: 'worker' },
  ],
  sharedServer: [
    async ({ bot }, use) => {
      const dir = mkdtempSync(join(tmpdir(), 'ticketrail-e2e-connections-'));
      const telegram = { TELEGRAM_BOT_TOKEN: '42:of-the-bot', TELEGRAM_API_ROOT: bot.root };
      const server = await createServer(dir, { PRIVATE_TARGETS: '1', ...telegram });
      await use(async () => server);
      await server.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],
});
test.describe.configure({ mode: 'default' });

test('[section 12] a web shop is added with its keys, asked for orders, seen to fail, and removed', async ({
  admin,
}) => {
  const shop = await createFakeWooCommerce();
  shop.put(wooPayload({ id: 1 }));
  await open(admin, 'sources');
  const form = admin.getByTestId('new-source');
  await form.getByTestId('kind').selectOption('woocommerce');
  const guide = await form.getByTestId('guide').evaluate((link) => (link as HTMLAnchorElement).href);
  const read = await fetch(guide);
  expect(read.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await read.text()).toContain('# Orders from WooCommerce');
  await form.getByLabel('Name').fill('Web shop');
  await form.getByLabel('Address of the shop').fill(shop.url);
  await form.getByLabel('Consumer key').fill('ck');
  await form.getByLabel('Consumer secret').fill('cs');
  await form.getByRole('button', { name: 'Add a source' }).click();
  await expect(admin.getByTestId('made').getByTestId('secret')).toContainText('/api/v1/hooks/');
  const source = admin.getByTestId('source');
  await expect(source).toContainText('Web shop');
  await expect(source.getByTestId('pulled-at')).toContainText('ago');

  shop.put(wooPayload({ id: 2, date_modified_gmt: '2026-11-21T11:00:00' }));
  await source.getByTestId('pull').click();
  await expect(source.getByTestId('pulled')).toContainText('1 new or changed order.');
  await source.getByTestId('log').click();
  await expect(source.getByTestId('entry').first()).toContainText('woocommerce:2');
  await expect(source.getByTestId('entry').first()).toHaveAttribute('data-outcome', 'taken');

  await source.getByTestId('edit').click();
  await source.getByLabel('Name').fill('Corner shop');
  await source.getByRole('button', { name: 'Save' }).click();
  await expect(source.getByTestId('edit-source')).toContainText('Saved');
  await expectNoViolations(admin);

  shop.revokeKey();
  await source.getByTestId('pull').click();
  await expect(source.getByRole('alert')).toContainText('Corner shop no longer accepts the key');
  await expect(source).toHaveAttribute('data-failing', 'true');
  await expect(source.getByTestId('problem')).toContainText('no longer accepts the key');

  await source.getByTestId('remove').click();
  await expect(source).toContainText('Orders that have come stay');
  await source.getByTestId('confirm').click();
  await expect(source).toHaveCount(0);
  await open(admin, 'orders');
  await expect(admin.getByTestId('order')).toHaveCount(2);
  shop.close();
});

test('[section 12] a source with signed webhooks shows its secret once, and what it sent', async ({ admin }) => {
  await open(admin, 'sources');
  const form = admin.getByTestId('new-source');
  await form.getByTestId('kind').selectOption('standard');
  await expect(form.getByLabel('Consumer key')).toHaveCount(0);
  await form.getByLabel('Name').fill('Kiosk');
  await form.getByRole('button', { name: 'Add a source' }).click();
  const [secret = '', eventsUrl = ''] = await Promise.all(
    [0, 1].map((at) => admin.getByTestId('made').getByTestId('secret').nth(at).innerText()),
  );
  const body = JSON.stringify(orderDraft({ externalId: 'K-1' }));
  const headers = { 'content-type': 'application/json', ...signedHeaders('m-1', body, [secret], Date.now()) };
  expect((await fetch(eventsUrl, { method: 'POST', headers, body })).status).toBe(200);
  const source = admin.getByTestId('source');
  await source.getByTestId('log').click();
  await expect(source.getByTestId('entry')).toContainText('standard:K-1');
  await source.getByTestId('switch').click();
  await expect(source).toHaveAttribute('data-enabled', 'false');
  await admin.reload();
  await expect(admin.getByTestId('source')).toContainText('Kiosk');
  expect(await admin.content()).not.toContain('whsec_');
});

test('[section 12] a ticket of a till is seen beside the order made of it, and rules are tried and used', async ({
  admin,
  server,
  shop,
}) => {
  const port = await freePort();
  await open(admin, 'sources');
  const form = admin.getByTestId('new-source');
  await form.getByTestId('kind').selectOption('print');
  await form.getByLabel('Name').fill('Till');
  await form.getByLabel('Port to which the till prints').fill(String(port));
  await form.getByRole('button', { name: 'Add a source' }).click();
  await admin.getByTestId('source').getByTestId('tickets').click();
  const view = admin.getByTestId('till-tickets');
  await expect(view).toContainText(`Set the till’s kitchen printer to 127.0.0.1:${port}`);

  const ticket = escpos().init().size(2, 2).line('KITCHEN').size(1, 1).line('Order 117   Table 7').bold(true);
  ticket.line('Khachapuri ..................... 2').bold(false).line('  no egg').red(true).line('VOID Tea ... 1');
  await printTo(port, ticket.cut().end());
  await expect(view.getByTestId('printed')).toContainText('Khachapuri ..................... 2');
  const made = view.getByTestId('made-of-it');
  await expect(made).toContainText('No rule finds a dish');
  await expectNoViolations(admin);

  const layout = view.getByLabel('What the tickets of the till look like');
  await layout.selectOption('last');
  await view.getByTestId('try').click();
  await expect(made).toHaveAttribute('data-tried', 'true');
  await expect(made).toContainText('117');
  await expect(made).toContainText('Table 7');
  await expect(view.getByTestId('made-item').first()).toContainText('2 × Khachapuri');
  await expect(view.getByTestId('made-item').first()).toContainText('no egg');
  await expect(view.getByTestId('made-item').last()).toHaveAttribute('data-void', 'true');

  await layout.selectOption('own');
  await expect(made).toHaveAttribute('data-tried', 'false');
  await expect(made).toContainText('No rule finds a dish');
  const rules = view.getByRole('textbox', { name: 'Rules for this till' });
  await rules.fill('{"item": "("}');
  await view.getByTestId('try').click();
  await expect(view.getByRole('alert')).toContainText('layout.item: must be a regular expression');
  await rules.fill('{"base": "nobody’s"}');
  await view.getByTestId('use').click();
  await expect(view.getByRole('alert')).toContainText('layout.base');
  await rules.fill('{"base": ');
  await view.getByTestId('try').click();
  await expect(view.getByRole('alert')).toContainText('quotes, commas and brackets');

  await rules.fill(String.raw`{"base": "last", "number": "slip <(?<number>\\d+)>"}`);
  await view.getByTestId('use').click();
  await expect(view.getByText('Saved. The next ticket is read with these rules.')).toBeVisible();
  await printTo(port, escpos().init().line('slip <42>').line('Soup ........... 3').cut().end());
  await expect(view.getByTestId('caught')).toHaveCount(2);
  await expect(view.getByTestId('caught').first()).toContainText('Order 42');
  await view.getByTestId('caught').last().click();
  await expect(view.getByTestId('printed')).toContainText('KITCHEN');
  const asAdmin = caller(server.url, ADMIN_TOKEN);
  const made42 = async () => {
    const { orders } = await asAdmin<{ orders: Order[] }>('GET', `/orders?storeId=${shop.storeId}`);
    return orders.find(({ number }) => number === '42')?.items.map(({ name, quantity }) => `${quantity} × ${name}`);
  };
  await expect.poll(made42).toEqual(['3 × Soup']);
});

test('[section 14] a printer is added by its address, prints a test page, and says that it is out of paper', async ({
  admin,
  shop,
}) => {
  const paper = await startFakePrinter();
  await shop.configure({ stations: [{ id: 'grill', name: 'Grill', match: { names: ['mtsvadi'] } }] });
  await admin.reload();
  await open(admin, 'printers');
  const form = admin.getByTestId('new-printer');
  await form.getByLabel('Name').fill('Pass');
  await form.getByLabel('Address in the network').fill(paper.address);
  await form.getByLabel('Orders that are ready').check();
  await form.getByLabel('Paper').selectOption('58 mm, 32 letters in a line');
  await form.getByRole('button', { name: 'Add a printer' }).click();
  const printer = admin.getByTestId('printer');
  await expect(printer).toContainText('when asked · accepted orders · ready orders · orders that no screen has got');

  await printer.getByTestId('test').click();
  await expect(printer.getByTestId('tested')).toContainText('went to the printer');
  expect(paper.jobs.filter(({ cuts }) => cuts > 0)).toHaveLength(1);

  const order = await shop.order();
  await open(admin, 'orders');
  await orderOn(admin, order).getByTestId('open-order').click();
  await admin.getByTestId('print').click();
  await expect(admin.getByTestId('order-detail').getByRole('status')).toHaveText('Pass prints it as soon as it can.');
  await expect.poll(() => paper.jobs.filter(({ cuts }) => cuts > 0).length).toBe(2);
  await admin.keyboard.press('Escape');
  await open(admin, 'printers');

  paper.state.paper = false;
  await shop.setStatus(order, 'preparing');
  await expect(printer).toHaveAttribute('data-trouble', 'out_of_paper');
  await expect(printer.getByTestId('waiting')).toContainText('1 paper waits since');
  await expectNoViolations(admin);

  await printer.getByTestId('edit').click();
  await printer.getByLabel('Only the dishes of one station').selectOption('Grill');
  await printer.getByLabel('Orders that are ready').uncheck();
  await printer.getByRole('button', { name: 'Save' }).click();
  await expect(printer).toContainText('when asked · accepted orders · orders that no screen has got · Grill');
  await expect(printer.getByLabel('Paper')).toHaveValue('32/384');

  await printer.getByTestId('remove').click();
  await printer.getByTestId('confirm').click();
  await expect(printer).toHaveCount(0);
  await paper.stop();
});

test('[section 13] a code links a chat, which appears by itself, hears less, and is removed', async ({
  admin,
  bot,
}) => {
  await open(admin, 'telegram');
  await admin.getByTestId('link-chat').click();
  const code = await admin.getByTestId('telegram-code').innerText();
  await expect(admin.getByTestId('secret')).toHaveText(`/start ${code}`);
  await expect(admin.getByText('Good for one chat')).toBeVisible();
  await expectNoViolations(admin);
  bot.write({ id: -77, type: 'supergroup', title: 'Kitchen crew' }, `/start ${code}`);
  const chat = admin.getByTestId('chat');
  await expect(chat).toContainText('Kitchen crew');
  await expect(admin.getByRole('status').filter({ hasText: 'Kitchen crew is linked.' })).toBeVisible();
  await expect(admin.getByTestId('telegram-code')).toHaveCount(0);
  await chat.getByLabel('What the chat hears').selectOption({ index: 1 });
  await expect(chat).toHaveAttribute('data-mode', 'fallback');
  await chat.getByTestId('remove').click();
  await chat.getByTestId('confirm').click();
  await expect(chat).toHaveCount(0);
});

/** Prints as a till does, once the port is open. */
async function printTo(port: number, ticket: Uint8Array): Promise<void> {
  const print = () =>
    new Promise<boolean>((resolve) => {
      const till = connect(port, '127.0.0.1', () => till.end(ticket));
      till.once('close', (hadError) => resolve(!hadError)).once('error', () => undefined);
      till.resume();
    });
  await expect.poll(print, { timeout: 20_000 }).toBe(true);
}
