import { expect, type Page } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { openCustomerPage } from './support/customer-page.ts';
import { test } from './support/fixtures.ts';

test.skip(({ host }) => host === 'electron', 'a page for any browser');

test('[section 9] a customer sees the kitchen’s bump without a reload', async ({ page, shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order({ number: '117' });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  const track = await openCustomerPage(page, order.tracking.url);
  await track.markOnce();
  await track.expectStatus(order, 'pending');
  await track.expectLink('live');
  await expect(page.getByRole('heading', { name: 'Order 117' })).toBeVisible();
  await screen.bump(order);
  await track.expectStatus(order, 'preparing');
  await track.expectReached('pending', 'preparing');
  await expect(page.getByTestId('cancel')).toHaveCount(0);
  await screen.bump(order);
  await track.expectStatus(order, 'ready');
  await expect(page.getByText('Ready to collect')).toBeVisible();
  await expect(page).toHaveTitle('✓ Ready to collect · Order 117');
  await track.expectNotReloaded();
  expect(complaints).toEqual([]);
});

test('[section 9] a customer cancels after one more question, and the kitchen sees it', async ({
  page,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const order = await shop.order();
  const track = await openCustomerPage(page, order.tracking.url);
  await track.expectLink('live');
  await page.getByTestId('cancel').click();
  await expect(page.locator(':focus')).toContainText(`Cancel order ${order.number}?`);
  await page.getByRole('button', { name: 'No, keep it' }).click();
  await expect(page.getByTestId('confirm')).toHaveCount(0);
  await shop.expect(order, { status: 'pending' });
  await page.getByTestId('cancel').click();
  await page.getByTestId('confirm').click();
  await track.expectStatus(order, 'cancelled');
  await expect(page.getByText('You cancelled it.')).toBeVisible();
  await screen.expectStatus(order, 'cancelled');
});

test('[section 9] a cancel that comes too late says so, and shows the order as it is', async ({ page, shop }) => {
  const order = await shop.order();
  const track = await openCustomerPage(page, order.tracking.url);
  await track.expectLink('live');
  await page.getByTestId('cancel').click();
  // The kitchen is faster: its change comes while the request is on its way.
  await page.route('**/cancel', async (route) => {
    await shop.setStatus(order, 'preparing');
    await route.continue();
  });
  await page.getByTestId('confirm').click();
  await expect(page.getByText('too late to cancel')).toBeVisible();
  await track.expectStatus(order, 'preparing');
  await shop.expect(order, { status: 'preparing' });
});

test('[L1] when the server is killed the page says so, and is right again once it is back', async ({
  page,
  server,
  shop,
}) => {
  const order = await shop.order();
  const track = await openCustomerPage(page, order.tracking.url);
  await track.expectLink('live');
  await track.markOnce();
  await shop.setStatus(order, 'preparing');
  await track.expectStatus(order, 'preparing');
  await server.stop('SIGKILL');
  await track.expectLink('offline');
  await expect(page.getByTestId('link')).toContainText(/No connection · As of \d\d:\d\d/);
  await server.start();
  await shop.setStatus(order, 'ready');
  await track.expectStatus(order, 'ready');
  await track.expectLink('live');
  await shop.setStatus(order, 'completed');
  await track.expectStatus(order, 'completed');
  await track.expectNotReloaded();
});

test('[L1] what ends while nobody hears it is right after the connection is back', async ({ page, shop }) => {
  const order = await shop.order();
  const track = await openCustomerPage(page, order.tracking.url);
  await track.expectLink('live');
  await page.context().setOffline(true);
  await track.expectLink('offline');
  await shop.setStatus(order, 'rejected', 'no fish today');
  await page.context().setOffline(false);
  await track.expectStatus(order, 'rejected');
  await expect(page.getByText('The shop says: no fish today')).toBeVisible();
  await track.expectLink('live');
});

test('[section 9] each step has its time, also those that the page slept through', async ({ page, shop }) => {
  const order = await shop.order({ fulfilment: 'pickup' });
  const track = await openCustomerPage(page, order.tracking.url);
  await track.expectLink('live');
  const times = page.getByTestId('track-step').locator('time');
  await shop.setStatus(order, 'preparing');
  await expect(times).toHaveCount(2);
  await page.context().setOffline(true);
  await track.expectLink('offline');
  await shop.setStatus(order, 'ready');
  await shop.setStatus(order, 'completed');
  await page.context().setOffline(false);
  await track.expectStatus(order, 'completed');
  await expect(times).toHaveCount(4);
});

test('[section 9] without sockets it is live by polling, and says so', async ({ page, shop }) => {
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
  const order = await shop.order();
  const track = await openCustomerPage(page, order.tracking.url);
  await track.expectLink('polling');
  await shop.setStatus(order, 'preparing');
  await track.expectStatus(order, 'preparing');
  await expect(page.getByTestId('link')).toContainText('Updates every few seconds');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('[section 9] the order can be read', async ({ page, shop }) => {
    const order = await shop.order({ number: '118', dueAt: '2099-01-01T12:00:00.000Z' });
    await shop.setStatus(order, 'preparing');
    const track = await openCustomerPage(page, order.tracking.url);
    await track.expectStatus(order, 'preparing');
    await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'unknown');
    for (const words of ['Order 118', 'Being prepared', '16:00', 'Khachapuri', 'extra cheese', 'GEL 29', 'As of'])
      await expect(page.locator('body')).toContainText(words);
    // Playwright reads no text of `noscript`.
    expect(await page.locator('noscript').evaluate(({ textContent }) => textContent)).toContain(
      'does not update itself',
    );
    await expect(page.locator('noscript a')).toBeVisible();
  });
});

test.describe('in Arabic', () => {
  test.use({ locale: 'ar-EG' });
  test('[section 9] it is written from right to left', async ({ page, shop }) => {
    const order = await shop.order();
    const track = await openCustomerPage(page, order.tracking.url);
    await track.expectLink('live');
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.getByTestId('link')).toHaveText('متصل');
    const [mark, name] = await Promise.all(
      ['.mark', '.step-name'].map((part) => page.locator(`[data-step=pending] ${part}`).boundingBox()),
    );
    expect(mark?.x).toBeGreaterThan(name?.x ?? Number.POSITIVE_INFINITY);
  });
});

const LONG = 'მეგრულადგამზადებულიორმაგყველიანიხაჭაპურიკარაქითადაკვერცხით';

for (const colorScheme of ['light', 'dark'] as const)
  test(`[section 9] in ${colorScheme} colours every state is accessible, and fits 320 px`, async ({ page, shop }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 640 });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    const order = await shop.order({
      number: '12345678901234567890',
      fulfilment: 'delivery',
      table: LONG,
      note: LONG,
      items: [{ name: LONG, quantity: 999, modifiers: [{ name: LONG, quantity: 20 }], note: LONG }],
      dueAt: '2020-01-01T12:00:00.000Z',
    });
    const track = await openCustomerPage(page, order.tracking.url);
    await track.expectLink('live');
    await expectNoViolations(page);
    await page.getByTestId('cancel').click();
    await expectNoViolations(page);
    expect(await fits()).toBe(true);
    for (const status of ['preparing', 'ready', 'delivering', 'completed']) {
      await shop.setStatus(order, status);
      await track.expectStatus(order, status);
      await expectNoViolations(page);
      expect(await fits(), status).toBe(true);
    }
    const off = await shop.order();
    await shop.setStatus(off, 'rejected', LONG);
    await openCustomerPage(page, off.tracking.url);
    await expectNoViolations(page);
    expect(await fits()).toBe(true);
  });

for (const name of ['track', 'my'] as const)
  test(`[section 9] /${name} loads at most 61,440 bytes of script`, async ({ page, shop }) => {
    const order = await shop.order({ customer: { ref: 'u-17' } });
    const bytes = await scriptBytesOf(page, name === 'my' ? await shop.customerLink('u-17') : order.tracking.url);
    test.info().annotations.push({ type: 'bytes of script', description: `${bytes}` });
    expect(bytes).toBeLessThanOrEqual(61_440);
  });

/** What the page has loaded of scripts when it is live, as it came over the network. */
async function scriptBytesOf(page: Page, url: string): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  const scripts = new Map<string, number>();
  cdp.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.set(requestId, 0);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
  });
  await (await openCustomerPage(page, url)).expectLink('live');
  const sizes = [...scripts.values()];
  expect(sizes.length).toBeGreaterThan(0);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('[section 9] a customer who allows it is notified when the order is ready', async ({ page, shop }) => {
  const order = await shop.order({ number: '119' });
  const track = await openCustomerPage(page, order.tracking.url);
  await page.context().grantPermissions(['notifications']);
  await track.expectLink('live');
  await page.reload();
  await expect(page.getByText('You get a notification while this page is open.')).toBeVisible();
  await track.expectLink('live');
  await shop.setStatus(order, 'preparing');
  await shop.setStatus(order, 'ready');
  await track.expectStatus(order, 'ready');
  const shown = () =>
    page.evaluate(async () => {
      const [registration] = await navigator.serviceWorker.getRegistrations();
      return ((await registration?.getNotifications()) ?? []).map(({ title, body }) => `${title}: ${body}`);
    });
  await expect.poll(shown).toEqual(['Ready to collect: Order 119']);
});
