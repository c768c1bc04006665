import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { expectNoViolations } from './support/accessibility.ts';
import { test as base } from './support/fixtures.ts';
import { expectLink, fillSignIn, sidewaysOf, signIn } from './support/managing.ts';
import { ADMIN_TOKEN, createServer } from './support/server.ts';
import { caller, createShop, type Shop } from './support/shop.ts';

/** `/console` (contract, sections 9 and 16) on a server that has it switched on. */
const test = base.extend<{ shop: Shop; consolePage: Page; manager: string }>({
  server: async ({ dir }, use) => {
    const server = await createServer(dir, { CONSOLE: '1', CONSOLE_TOKEN_FILE: join(dir, 'console-token') });
    await use(server);
    await server.stop();
  },
  shop: async ({ server }, use) => use(await createShop(server.url)),
  manager: async ({ server, shop }, use) => {
    const admin = caller(server.url, ADMIN_TOKEN);
    const body = { name: 'Owner', role: 'manager' };
    await use((await admin<{ token: string }>('POST', `/stores/${shop.storeId}/devices`, body)).token);
  },
  consolePage: async ({ server, page, manager }, use) => {
    await page.goto(`${server.url}/console`);
    await signIn(page, manager);
    await use(page);
  },
});
test.skip(({ host }) => host === 'electron', 'a page of the server');

test('[section 9] each button does what it says, shows its curl, and what it caused', async ({ consolePage, shop }) => {
  const page = consolePage;
  await page.getByTestId('place').click();
  const row = page.getByTestId('order').first();
  await expect(row).toHaveAttribute('data-status', 'pending');
  await expect(page.getByTestId('call').first()).toContainText('curl -X POST');
  const order = { id: await row.getAttribute('data-order-id') } as Order;
  const events = page.locator('[data-testid=event][data-event=changes]');
  await expect(events.first()).toContainText('order_created');
  await events.first().locator('summary').click();
  await expect(events.first().locator('pre')).toContainText(order.id);

  await row.getByTestId('move').click();
  await expect(row).toHaveAttribute('data-status', 'preparing');
  await expect(events.first()).toContainText('order_status_changed');
  await row.getByTestId('pay').click();
  await shop.expect(order, { payment: { status: 'paid', method: 'card' } });
  const { items } = await shop.read(order);
  await row.getByTestId('change').click();
  await expect.poll(async () => (await shop.read(order)).items.length).toBe(items.length + 1);
  await row.getByTestId('cancel').click();
  await expect(row).toHaveAttribute('data-status', 'cancelled');
  await row.getByTestId('delete').click();
  await expect(page.getByTestId('order')).toHaveCount(0);
  await expect(events.first()).toContainText('order_deleted');
  await expect(page.getByTestId('call')).toHaveCount(6);
});

test('[section 9] a cut connection is seen, and comes back with what happened meanwhile', async ({
  consolePage,
  shop,
}) => {
  const page = consolePage;
  await page.getByTestId('cut').click();
  await expect(page.locator('[data-testid=event][data-event=down]')).toBeVisible();
  const order = await shop.order();
  await expect(page.locator(`[data-order-id="${order.id}"]`)).toBeVisible();
  await expectLink(page, 'live');
});

test('[section 9] the page shows that the server was killed, and is right again when it is back', async ({
  consolePage,
  server,
  shop,
}) => {
  const order = await shop.order();
  const row = consolePage.locator(`[data-order-id="${order.id}"]`);
  await expect(row).toHaveAttribute('data-status', 'pending');
  await server.stop('SIGKILL');
  await expectLink(consolePage, 'offline');
  await consolePage.getByTestId('place').click();
  await expect(consolePage.getByRole('alert').last()).toContainText('does not answer');
  await server.start();
  await shop.setStatus(order, 'preparing');
  await expectLink(consolePage, 'live');
  await expect(row).toHaveAttribute('data-status', 'preparing');
});

test('[section 9] a wrong token, and that of a shop system, let nobody in', async ({ server, page, shop }) => {
  await page.goto(`${server.url}/console`);
  await fillSignIn(page, 'x'.repeat(40));
  await expect(page.getByRole('alert')).toContainText('not known here');
  await fillSignIn(page, shop.token);
  await expect(page.getByRole('alert')).toContainText('not that of a manager');
  await expect(page.getByTestId('sign-in')).toBeVisible();
});

test('[section 16] the demo fills in the token, which is then nowhere in sight', async ({
  server,
  page,
  dir,
  manager,
}) => {
  await writeFile(join(dir, 'console-token'), manager);
  await page.goto(`${server.url}/console`);
  await expect(page.getByTestId('sign-in').locator('input')).toHaveValue(manager);
  await page.getByTestId('sign-in').locator('button').click();
  await expectLink(page, 'live');
  await page.getByTestId('place').click();
  await expect(page.getByTestId('call').first()).toContainText('Bearer $TOKEN');
  expect(await page.locator('body').innerText()).not.toContain(manager);
  await expectNoViolations(page);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sidewaysOf(page)).toBe(0);
});

test('[section 9] the console is not there unless it is switched on, and / says where to go', async ({
  sharedServer,
  server,
  page,
}) => {
  const off = (await sharedServer()).url;
  expect((await page.request.get(`${off}/console`)).status()).toBe(404);
  await page.goto(off);
  await expect(page.locator('a[href=console]')).toHaveCount(0);
  await expectNoViolations(page);
  await page.goto(server.url);
  await page.locator('a[href=console]').click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
  await page.goto(server.url);
  await page.locator('a[href=admin]').click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
  const policy = (await page.request.get(`${server.url}/admin`)).headers()['content-security-policy'] ?? '';
  for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
    expect(policy).toContain(rule);
});
