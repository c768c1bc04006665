import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { open, test } from './support/manager.ts';
import { expectLink, expectOn, fillSignIn, orderOn, sidewaysOf, signIn } from './support/managing.ts';
import { ADMIN_TOKEN } from './support/server.ts';
import { caller, createShop } from './support/shop.ts';

const HOUR_MS = 3_600_000;
/** `19:42` by the shop's clock. */
const minuteInShop = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Tbilisi' }).format(at);

/** `/admin` (contract, sections 9 and 16), as the manager of one shop unless a spec says otherwise. */

test('[section 9] an order and each step of the kitchen show without a reload', async ({
  admin,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const order = await shop.order();
  await expectOn(admin, order, 'pending');
  await expect(admin.getByTestId('new-count')).toHaveText('1');
  await expect(admin).toHaveTitle(/^\(1\)/);
  await expect(admin.getByTestId('stats-orders')).toHaveText('1');
  await expect(admin.getByTestId('stats-revenue')).toContainText('29');
  await expect(admin.locator('[data-testid=chart][data-chart=per-hour]')).toBeVisible();
  await expect(admin.locator('[data-testid=chart][data-chart=per-day]')).toBeVisible();
  await screen.bump(order);
  await expectOn(admin, order, 'preparing');
  await expect(admin.getByTestId('new-count')).toHaveText('0');
  await expect(admin).toHaveTitle('Ticketrail');
  await expect(admin.getByTestId('display')).toContainText('Pass');
});

test('[section 9] an admin sees every shop, with open and new orders, and opens one', async ({
  server,
  page,
  shop,
}) => {
  const order = await shop.order();
  await createShop(server.url, `${shop.storeId}-2`);
  await page.goto(`${server.url}/admin`);
  await signIn(page, ADMIN_TOKEN);
  const store = page.locator(`[data-testid=store][data-store-id="${shop.storeId}"]`);
  await expect(store.getByTestId('store-open')).toHaveText('1');
  await expect(store.getByTestId('store-new')).toHaveText('1');
  await store.click();
  await expectOn(page, order, 'pending');
});

test('[section 9] an order is moved on, paid and cancelled with a reason; its history says so', async ({
  admin,
  shop,
}) => {
  const order = await shop.order();
  await orderOn(admin, order).getByTestId('open-order').click();
  const detail = admin.getByTestId('order-detail');
  await detail.getByTestId('move').click();
  await shop.expect(order, { status: 'preparing' });
  await detail.getByTestId('pay').click();
  await expect(detail.locator('[data-testid=change][data-type=payment_updated]')).toContainText('Paid');
  await detail.getByTestId('cancel').click();
  await detail.getByTestId('reason').fill('The oven is broken');
  await detail.getByTestId('confirm').click();
  await shop.expect(order, { status: 'cancelled', reason: 'The oven is broken' });
  await expect(detail.getByTestId('detail-status')).toHaveAttribute('data-status', 'cancelled');
  await expect(detail.getByTestId('change').last()).toContainText('The oven is broken');
  await admin.keyboard.press('Escape');
  await expect(detail).toHaveCount(0);
  await expectOn(admin, order, 'cancelled');
});

test('[section 9] the page shows that the server was killed, and is right again when it is back', async ({
  admin,
  server,
  shop,
}) => {
  const order = await shop.order();
  await expectOn(admin, order, 'pending');
  await server.stop('SIGKILL');
  await expectLink(admin, 'offline');
  await expect(admin.getByRole('alert')).toContainText('No connection');
  await server.start();
  await shop.setStatus(order, 'preparing');
  await expectLink(admin, 'live');
  await expectOn(admin, order, 'preparing');
});

test('[section 9] a wrong token and that of a screen get different messages, and let nobody in', async ({
  server,
  page,
  shop,
}) => {
  await page.goto(`${server.url}/admin`);
  await fillSignIn(page, 'x'.repeat(40));
  await expect(page.getByRole('alert')).toContainText('not known here');
  await fillSignIn(page, await shop.displayToken('Pass'));
  await expect(page.getByRole('alert')).toContainText('not that of a manager');
  await expect(page.getByTestId('sign-in')).toBeVisible();
});

test('[section 9] a session outlives a reload, holds no token in reach of scripts, and ends by signing out', async ({
  admin,
  manager,
}) => {
  await admin.reload();
  await expectLink(admin, 'live');
  const inReach = await admin.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]),
  );
  expect(inReach).not.toContain(manager);
  expect(inReach).not.toContain('ticketrail_session');
  await admin.getByTestId('sign-out').click();
  await expect(admin.getByTestId('sign-in')).toBeVisible();
  await admin.reload();
  await expect(admin.getByTestId('sign-in')).toBeVisible();
});

test('[section 9] the page asks for a token once its own is revoked', async ({ admin, shop }) => {
  await shop.revoke('Owner');
  await expect(admin.getByTestId('sign-in')).toBeVisible();
});

test('[section 9] a code pairs a screen, and a device that is removed is gone', async ({
  admin,
  server,
  openDisplay,
}) => {
  await open(admin, 'devices');
  await admin.getByTestId('pair').click();
  const code = await admin.getByTestId('pairing-code').textContent();
  await expect(admin.getByTestId('qr').first()).toBeVisible();
  const { page } = await openDisplay({ serverUrl: null, token: null });
  await page.getByLabel('Server address').fill(server.url);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(code ?? '');
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByTestId('board')).toBeVisible();
  const device = admin.locator('[data-testid=device][data-live=true]');
  await expect(device).toHaveCount(1);
  await device.getByTestId('remove').click();
  await device.getByTestId('confirm').click();
  await expect(device).toHaveCount(0);
});

test('[section 9] settings, stations and what is sold out are kept', async ({ admin, server, shop }) => {
  const store = () => caller(server.url, ADMIN_TOKEN)<{ settings: unknown }>('GET', `/stores/${shop.storeId}`);
  await open(admin, 'settings');
  await admin.getByLabel('Minutes that an order takes').fill('25');
  await admin.getByTestId('store-form').getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByTestId('store-form').getByRole('status')).toHaveText('Saved');
  await admin.getByTestId('add-station').click();
  const station = admin.getByTestId('station');
  await station.getByLabel('Name', { exact: true }).fill('Grill');
  await station.getByLabel('Words in the names').fill('mtsvadi, khinkali');
  await admin.getByTestId('stations').getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => (await store()).settings)
    .toMatchObject({
      preparationMinutes: 25,
      stations: [{ name: 'Grill', match: { names: ['mtsvadi', 'khinkali'] } }],
    });
  await open(admin, 'availability');
  await admin.getByLabel('Dish that is sold out').fill('Lobio');
  await admin.getByRole('button', { name: 'Add' }).click();
  await expect(admin.getByTestId('sold-out')).toContainText('Lobio');
  await admin.getByTestId('pause-30').click();
  await expect.poll(shop.availability).toMatchObject({ unavailable: [{ name: 'Lobio' }] });
  await expect(admin.getByText('Paused until')).toBeVisible();
  await admin.getByTestId('close').click();
  await expect.poll(shop.availability).toMatchObject({ open: false });
  await open(admin, 'orders');
  await expect(admin.getByTestId('availability')).toContainText('Closed');
});

test('[section 9] the search begins with all orders, finds one by its guest, and the spreadsheet holds no formula', async ({
  admin,
  shop,
}) => {
  await shop.order({ customer: { name: '=HYPERLINK("http://evil")' } });
  const wanted = await shop.order({ customer: { name: 'Ketevan' } });
  await open(admin, 'search');
  await expect(admin.getByTestId('order')).toHaveCount(2);
  await admin.getByTestId('search').locator('input[type=search]').fill('ketevan');
  await admin.getByTestId('search').locator('button[type=submit]').click();
  await expect(admin.getByTestId('order')).toHaveCount(1);
  await expectOn(admin, wanted, 'pending');
  await admin.getByTestId('search').locator('input[type=search]').fill('');
  const download = admin.waitForEvent('download');
  await admin.getByTestId('csv').click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.trim().split('\r\n')).toHaveLength(3);
  expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
});

test('[section 9] figures are by weekday, by channel and by dish', async ({ admin, shop }) => {
  await shop.orders(2);
  await open(admin, 'figures');
  await expect(admin.locator('[data-testid=chart]')).toHaveCount(3);
  await expect(admin.getByTestId('by-source')).toContainText('web');
  await expect(admin.getByTestId('by-dish').getByRole('row', { name: /Khachapuri/ })).toContainText('4');
  await expect(admin.getByTestId('figures-orders')).toHaveText('2');
});

test('[section 9] an order in another currency is in no revenue, and the page says so', async ({ admin, shop }) => {
  await shop.order();
  await shop.order({ currency: 'USD', totalMinor: 7_000 });
  await expect(admin.getByTestId('stats-orders')).toHaveText('2');
  await expect(admin.getByTestId('stats-revenue')).toContainText('29');
  await expect(admin.getByTestId('other-currencies')).toContainText(/USD\s70$/);
  await open(admin, 'figures');
  await expect(admin.getByTestId('figures-revenue')).toContainText('29');
  await expect(admin.getByTestId('other-currencies')).toContainText(/USD\s70$/);
});

test('[section 11] a webhook is added, switched off and removed; a private address is refused in words', async ({
  admin,
}) => {
  await open(admin, 'webhooks');
  const address = admin.getByLabel('Address', { exact: true });
  await address.fill('http://127.0.0.1:9/hook');
  await admin.getByTestId('new-webhook').locator('button').click();
  await expect(admin.getByRole('alert')).toContainText('url');
  await expect(admin.getByTestId('webhook')).toHaveCount(0);
  await address.fill('https://hooks.example/orders');
  await admin.getByTestId('new-webhook').locator('button').click();
  await expect(admin.getByTestId('secret')).toContainText('whsec_');
  const webhook = admin.getByTestId('webhook');
  await webhook.getByTestId('switch').click();
  await expect(webhook).toHaveAttribute('data-disabled', 'true');
  await webhook.getByTestId('remove').click();
  await webhook.getByTestId('confirm').click();
  await expect(webhook).toHaveCount(0);
});

test('[section 9] an order that nobody has seen needs attention until somebody says so', async ({ admin, shop }) => {
  await shop.configure({ acknowledgeWithinSeconds: 10 });
  const order = await shop.order();
  const escalation = admin.locator('[data-testid=escalation][data-kind=unacknowledged]');
  await expect(escalation).toContainText(order.number, { timeout: 30_000 });
  await escalation.getByTestId('acknowledge').click();
  await expect(escalation).toHaveCount(0);
  expect((await shop.read(order)).acknowledgedAt).not.toBeNull();
});

for (const colorScheme of ['dark', 'light'] as const)
  test(`[section 9] every part is accessible and fits 320 px, in ${colorScheme}`, async ({
    browser,
    server,
    shop,
    manager,
  }) => {
    await shop.orders(3);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${server.url}/admin`);
    await expectNoViolations(page);
    await signIn(page, manager);
    for (const tab of [
      'orders',
      'search',
      'figures',
      'devices',
      'availability',
      'sources',
      'printers',
      'webhooks',
      'settings',
    ]) {
      await open(page, tab);
      if (tab === 'devices') await page.getByTestId('pair').click();
      if (tab === 'telegram') {
        await page.getByTestId('link-chat').click();
        await expect(page.getByTestId('no-bot')).toContainText('TELEGRAM_BOT_TOKEN');
      }
      if (tab === 'settings') await page.getByTestId('add-station').click();
      await expectNoViolations(page);
      expect(await sidewaysOf(page), tab).toBe(0);
    }
    await open(page, 'orders');
    await page.getByTestId('open-order').first().click();
    await expect(page.getByTestId('change').first()).toBeVisible();
    await expectNoViolations(page, 'dialog');
    await context.close();
  });

test.describe('on a device in another zone, whose clock is a day ahead', () => {
  test.use({ timezoneId: 'Pacific/Honolulu' });

  test("[section 9] times and days are the shop's, and a time of another day says which", async ({
    page,
    server,
    manager,
    shop,
  }) => {
    await page.addInitScript((ahead) => {
      const { now } = Date;
      Date.now = () => now() + ahead;
      // Without sockets the page says since when it is up to date.
      Object.assign(window, { WebSocket: undefined });
    }, 26 * HOUR_MS);
    const began = minuteInShop(Date.now());
    const order = await shop.order();
    const old = await shop.order({ placedAt: new Date(Date.now() - 30 * HOUR_MS).toISOString() });
    await page.goto(`${server.url}/admin`);
    await fillSignIn(page, manager);
    await expectLink(page, 'polling');
    const asOf = await page.getByTestId('link').locator('small').innerText();
    expect([began, minuteInShop(Date.now())]).toContain(/\d\d:\d\d/.exec(asOf)?.[0]);
    expect(asOf).toMatch(/^\D*\d\d:\d\d:\d\d\D*$/);
    await expect(orderOn(page, order).locator('time')).toHaveText(minuteInShop(Date.parse(order.placedAt)));
    await expect(orderOn(page, old).locator('time')).toHaveText(/^\w+ \w+ \d\d:\d\d$/);
    await orderOn(page, order).getByTestId('open-order').click();
    const placed = page
      .getByTestId('order-detail')
      .getByText(minuteInShop(Date.parse(order.placedAt)), { exact: true });
    await expect(placed.first()).toBeVisible();
  });
});

test('[section 9] the page speaks the language of its reader, from right to left in Arabic', async ({
  browser,
  server,
}) => {
  for (const [locale, dir, words] of [
    ['ar', 'rtl', 'دخول'],
    ['ka-GE', 'ltr', 'შესვლა'],
    ['th', 'ltr', 'เข้าสู่ระบบ'],
  ] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(`${server.url}/admin`);
    await expect(page.locator('html')).toHaveAttribute('dir', dir);
    await expect(page.getByTestId('sign-in').locator('button')).toHaveText(words);
    await context.close();
  }
});
