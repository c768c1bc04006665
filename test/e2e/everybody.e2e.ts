import { expect } from '@playwright/test';
import { openCustomerPage } from './support/customer-page.ts';
import { test } from './support/fixtures.ts';
import { expectLink, expectOn, orderOn, signIn } from './support/managing.ts';
import { ADMIN_TOKEN } from './support/server.ts';

/** A change that was made is on every page within this, ms (contract, section 9); it is far less on a machine with nothing else to do. */
const SOON_MS = 5_000;

test.skip(({ host }) => host === 'electron', 'pages of the server');

test('[section 9] kitchen, owner and customer see the same order, without a reload, also after the server was killed', async ({
  page,
  browser,
  server,
  shop,
  openDisplay,
}) => {
  const kitchen = await openDisplay();
  await page.goto(`${server.url}/admin#/${shop.storeId}`);
  await signIn(page, ADMIN_TOKEN);
  const mine = await openCustomerPage(await browser.newPage(), await shop.customerLink('u-17'));
  await mine.expectLink('live');
  await kitchen.expectLink('live');

  const placed = performance.now();
  const order = await shop.order({ customer: { ref: 'u-17' } });
  const seen = await Promise.all(
    [kitchen.ticket(order), orderOn(page, order), mine.order(order)].map(async (one) => {
      await one.waitFor();
      return Math.round(performance.now() - placed);
    }),
  );
  test.info().annotations.push({ type: 'ms until kitchen, owner, customer saw it', description: seen.join(', ') });
  await Promise.all([
    kitchen.expectStatus(order, 'pending'),
    expectOn(page, order, 'pending', SOON_MS),
    mine.expectStatus(order, 'pending'),
    expect(page.getByTestId('stats-orders')).toHaveText('1'),
  ]);
  const track = await openCustomerPage(await browser.newPage(), order.tracking.url);
  await track.expectLink('live');
  const pages = [kitchen.page, page, mine.page, track.page];
  for (const one of pages) await one.evaluate(() => document.documentElement.setAttribute('data-once', ''));

  await kitchen.bump(order);
  await Promise.all([
    track.expectStatus(order, 'preparing'),
    mine.expectStatus(order, 'preparing'),
    expectOn(page, order, 'preparing', SOON_MS),
  ]);

  const other = await shop.order({ customer: { ref: 'u-17' } });
  await expect(page.getByTestId('stats-revenue')).toContainText('58');
  await mine.order(other).getByTestId('cancel').click();
  await mine.order(other).getByTestId('confirm').click();
  await Promise.all([
    kitchen.expectStatus(other, 'cancelled'),
    expectOn(page, other, 'cancelled', SOON_MS),
    expect(page.getByTestId('stats-revenue')).toContainText('29'),
    mine.expectStatus(other, 'cancelled'),
  ]);

  await server.stop('SIGKILL');
  await Promise.all([
    expectLink(page, 'offline'),
    mine.expectLink('offline'),
    track.expectLink('offline'),
    kitchen.expectLink('offline'),
  ]);
  await kitchen.bump(order);
  await server.start();
  await Promise.all([
    expectOn(page, order, 'ready', 60_000),
    track.expectStatus(order, 'ready'),
    mine.expectStatus(order, 'ready'),
    shop.expect(order, { status: 'ready' }),
  ]);
  await Promise.all([
    kitchen.expectLink('live'),
    expectLink(page, 'live'),
    mine.expectLink('live'),
    track.expectLink('live'),
    kitchen.expectSettled(order, 'ready'),
    kitchen.expectStatus(other, 'cancelled'),
    expectOn(page, other, 'cancelled', SOON_MS),
    mine.expectStatus(other, 'cancelled'),
    expect(page.getByTestId('stats-orders')).toHaveText('2'),
    expect(page.getByTestId('stats-revenue')).toContainText('29'),
  ]);
  for (const one of pages) await expect(one.locator('html')).toHaveAttribute('data-once', '');
  await Promise.all([mine.page.close(), track.page.close()]);
});
