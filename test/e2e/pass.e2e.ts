import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';

const SIZES = [
  [800, 480],
  [1280, 800],
  [390, 844],
  [3840, 2160],
] as const;

test('the pass shows what is ready and out, large, the longest wait first, and one tap moves it on', async ({
  shop,
  openDisplay,
}) => {
  const out = await shop.order({ fulfilment: 'delivery', status: 'delivering' });
  const first = await shop.order({ status: 'ready', fulfilment: 'dine_in', table: '7' });
  const rest = await shop.orders(3, { status: 'ready' });
  const cooking = await shop.order({ status: 'preparing' });
  const screen = await openDisplay({ settings: { screen: 'pass' } });
  const { page } = screen;
  await expect(screen.mark('screen-name')).toHaveText('Pass');
  const shown = () =>
    screen
      .mark('pass')
      .getByTestId('ticket')
      .evaluateAll((all) => all.map((t) => t.dataset.orderId));
  await expect.poll(shown).toEqual([first, ...rest, out].map(({ id }) => id));
  await expect(screen.ticket(cooking)).toHaveCount(0);
  await expect(screen.ticket(first)).toContainText('Table 7');
  await expect(screen.ticket(first).getByTestId('ready-since')).toHaveText(/^Ready \d+:\d\d$/);
  await expect(page.locator('#tab-open')).toHaveText(/Pass\s*5/);
  await expect(page.getByTestId('ready-strip')).toHaveCount(0);

  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    const ticket = await screen.ticket(first).boundingBox();
    const button = await screen.ticket(first).getByTestId('ticket-action').boundingBox();
    expect(button, `${width}x${height}`).toEqual(ticket);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await expectNoViolations(page);

  const place = await screen.ticket(rest[0] ?? first).boundingBox();
  await screen.bump(first);
  await shop.expect(first, { status: 'completed' });
  // Nothing moves under the finger; a moment later the gap closes.
  expect(await screen.ticket(rest[0] ?? first).boundingBox()).toEqual(place);
  await expect.poll(shown).toEqual([...rest, out].map(({ id }) => id));
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await shop.expect(rest[1] ?? first, { status: 'completed' });
  await screen.bump(out);
  await shop.expect(out, { status: 'completed' });
});

test('an empty pass says so, and a new order opens as a sheet there', async ({ shop, openDisplay }) => {
  const screen = await openDisplay({ settings: { screen: 'pass' } });
  await expect(screen.mark('board')).toContainText('Nothing is ready');
  const order = await shop.order();
  await screen.expectAlarm(true);
  await screen.mark('unseen-order').click();
  await expect(screen.page.getByRole('dialog')).toContainText('Khachapuri');
  await screen.page.keyboard.press('Escape');
  await shop.setStatus(order, 'preparing');
  await shop.setStatus(order, 'ready');
  await screen.expectStatus(order, 'ready');
});
