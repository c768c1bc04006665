import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';

test('axe finds nothing in the dialogs, offline, and on an empty board', async ({ server, shop, openDisplay }) => {
  const screen = await openDisplay();
  const { page } = screen;
  await screen.expectLink('live');
  await expectNoViolations(page);
  const order = await shop.order();
  await screen.more(order);
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
    expect(box?.height).toBeGreaterThanOrEqual(47.9);
    expect(box && box.x >= 0 && box.x + box.width <= 800).toBe(true);
  }
  for (const order of orders) await screen.bump(order);
  await expect
    .poll(async () => (await Promise.all(orders.map(shop.read))).map(({ status }) => status))
    .toEqual(['preparing', 'ready', 'completed']);
  expect(await screen.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(800);
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
  await shop.orders(2);
  await expect(screen.page.getByTestId('ticket')).toHaveCount(2);
  expect({ strangers, broken }).toEqual({ strangers: [], broken: [] });
});
