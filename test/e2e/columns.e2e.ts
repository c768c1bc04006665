import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';

const AT = (minute: number): string => new Date(Date.parse('2026-01-01T10:00:00.000Z') + minute * 60_000).toISOString();
const column = (page: Page, status: string) => page.locator(`[data-column=${status}]`);
const scrolled = (page: Page, status: string): Promise<number> =>
  column(page, status)
    .locator('[data-scroller]')
    .evaluate((list) => list.scrollTop);
const scrollTo = (page: Page, status: string, to: 'end' | number): Promise<void> =>
  column(page, status)
    .locator('[data-scroller]')
    .evaluate((list, top) => list.scrollTo(0, top === 'end' ? list.scrollHeight : top), to);

test('after many taps on many open orders the oldest are still on the screen, and no ticket is selected', async ({
  shop,
  openDisplay,
}) => {
  const old = await shop.order({ status: 'preparing', placedAt: AT(0) });
  for (let i = 1; i <= 12; i++) await shop.order({ status: 'preparing', placedAt: AT(i) });
  const fresh = [];
  for (let i = 20; i < 28; i++) fresh.push(await shop.order({ placedAt: AT(i) }));
  const screen = await openDisplay({ settings: { layout: 'columns' } });
  await screen.expectStatus(old, 'preparing');
  for (const order of fresh) {
    await screen.bump(order);
    await screen.expectSettled(order, 'preparing');
    expect(await scrolled(screen.page, 'preparing')).toBe(0);
  }
  await expect(screen.ticket(old)).toBeInViewport({ ratio: 0.9 });
  await expect(screen.page.locator('[data-testid=ticket][data-selected=true]')).toHaveCount(0);
});

test('a scrolled column says how many are above, and goes back to its top when nobody touches it', async ({
  shop,
  openDisplay,
}) => {
  for (let i = 0; i < 16; i++) await shop.order({ status: 'preparing', placedAt: AT(i) });
  const screen = await openDisplay({ settings: { layout: 'columns' } });
  const above = column(screen.page, 'preparing').getByTestId('above');
  await expect(column(screen.page, 'preparing').getByTestId('below')).toHaveText(/^\d+ more below$/);
  await expect(above).toHaveCount(0);
  await scrollTo(screen.page, 'preparing', 'end');
  await expect(above).toHaveText(/^\d+ more above$/);
  await expect.poll(() => scrolled(screen.page, 'preparing'), { timeout: 30_000 }).toBe(0);
  await expect(above).toHaveCount(0);
});

test('a ticket that is cut off at the lower edge is marked, even if no other is below it', async ({
  shop,
  openDisplay,
}) => {
  const items = Array.from({ length: 30 }, (_, i) => ({ id: `i${i}`, name: `Dish ${i}`, quantity: 1 }));
  const order = await shop.order({ status: 'preparing', items });
  const screen = await openDisplay({ settings: { layout: 'columns' } });
  await screen.expectStatus(order, 'preparing');
  const below = column(screen.page, 'preparing').getByTestId('below');
  await expect(below).toHaveText('Goes on below');
  await scrollTo(screen.page, 'preparing', 'end');
  await expect(below).toHaveCount(0);
  await expect(screen.ticket(order).getByTestId('ticket-action')).toBeInViewport({ ratio: 1 });
});
