import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';
import { choose } from './support/settings.ts';
import type { Shop } from './support/shop.ts';

/** A board with orders of every kind. */
async function serve(shop: Shop): Promise<void> {
  await shop.order({ items: [{ name: 'Pad Thai', quantity: 2, allergens: ['peanut'], note: 'mild' }], note: 'hurry' });
  await shop.order({ fulfilment: 'delivery', status: 'preparing', payment: { status: 'paid' } });
  const old = new Date(Date.now() - 20 * 60_000).toISOString();
  await shop.order({ fulfilment: 'dine_in', table: '7', covers: 4, status: 'preparing', placedAt: old });
  await shop.order({ fulfilment: 'booking', status: 'ready', dueAt: new Date(Date.now() + 3_600_000).toISOString() });
}

test('axe finds nothing on the board, dark and light, in columns and by time', async ({ shop, openDisplay }) => {
  test.slow();
  const screen = await openDisplay();
  const { page } = screen;
  await serve(shop);
  const cancelled = await shop.order();
  await screen.expectStatus(cancelled, 'pending');
  await shop.setStatus(cancelled, 'cancelled', 'no show');
  await screen.expectStatus(cancelled, 'cancelled');
  await expect(page.getByTestId('ticket')).toHaveCount(5);
  for (const theme of ['Dark', 'Light'])
    for (const layout of ['Columns', 'By time']) {
      await choose(page, theme);
      await choose(page, layout);
      await expectNoViolations(page);
    }
});

test('axe finds nothing in the dialogs, offline, and on an empty board', async ({ server, shop, openDisplay }) => {
  const screen = await openDisplay();
  const { page } = screen;
  await screen.expectLink('live');
  await expectNoViolations(page);
  const order = await shop.order();
  await screen
    .ticket(order)
    .getByRole('button', { name: /^More about order/ })
    .click();
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await screen.mark('settings').click();
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await server.stop('SIGKILL');
  await screen.expectLink('offline');
  await screen.bump(order);
  await screen.expectPending(order, true);
  await expectNoViolations(page);
});

test('axe finds nothing on the first-run screen', async ({ openDisplay }) => {
  const { page } = await openDisplay({ serverUrl: null, token: null });
  await page.getByRole('button', { name: 'Connect' }).waitFor();
  await expectNoViolations(page);
});

test('the chosen theme stays', async ({ openDisplay }) => {
  const screen = await openDisplay();
  const background = () => screen.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await choose(screen.page, 'Light');
  await expect.poll(background).not.toBe(dark);
  await screen.powerCut();
  await expect.poll(background).not.toBe(dark);
});

test('on 800×480 every open ticket can be reached and bumped, and nothing is cut off at the side', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  const orders = await Promise.all(['pending', 'preparing', 'ready'].map((status) => shop.order({ status })));
  for (const order of orders) {
    const action = screen.ticket(order).getByTestId('ticket-action');
    await action.scrollIntoViewIfNeeded();
    const box = await action.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(40);
    expect(box && box.x >= 0 && box.x + box.width <= 800).toBe(true);
  }
  for (const order of orders) await screen.bump(order);
  await expect
    .poll(async () => (await Promise.all(orders.map(shop.read))).map(({ status }) => status))
    .toEqual(['preparing', 'ready', 'completed']);
  expect(await screen.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(800);
});

test('shows Russian and Arabic, and Arabic from right to left', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order();
  await screen.expectStatus(order, 'pending');
  const action = screen.ticket(order).getByTestId('ticket-action');
  const english = await action.textContent();
  const html = screen.page.locator('html');
  await expect(html).toHaveAttribute('dir', 'ltr');
  await choose(screen.page, 'Русский');
  await expect(html).toHaveAttribute('lang', 'ru');
  await expect(action).toHaveText(/[а-я]/i);
  await choose(screen.page, 'العربية');
  await expect(html).toHaveAttribute('lang', 'ar');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(action).toHaveText(/[\u0600-\u06ff]/);
  await expect(action).not.toHaveText(english ?? '');
  await expectNoViolations(screen.page);
  await screen.bump(order);
  await screen.expectStatus(order, 'preparing');
});

test('the page makes requests to its own host only', async ({ host, shop, openDisplay }) => {
  test.skip(host === 'electron', 'there the page has no host; app:// and its policy are tested with the shell');
  const screen = await openDisplay();
  const strangers: string[] = [];
  const own = new URL(screen.page.url()).origin;
  screen.page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== own) strangers.push(request.url());
  });
  const broken: string[] = [];
  screen.page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  await screen.page.reload();
  await serve(shop);
  await expect(screen.page.getByTestId('ticket')).toHaveCount(4);
  expect({ strangers, broken }).toEqual({ strangers: [], broken: [] });
});
