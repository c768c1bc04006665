import { expect, type Page } from '@playwright/test';
import { makeOrder } from '../../scripts/feed/make-order.ts';
import { createRandom } from '../../scripts/feed/random.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';
import type { Shop } from './support/shop.ts';

const UPRIGHT = { width: 390, height: 844 };
const ON_ITS_SIDE = { width: 844, height: 390 };

/** The statuses of which a part is on the screen. */
const inSight = (page: Page): Promise<(string | undefined)[]> =>
  page
    .locator('[data-column]')
    .evaluateAll((all) =>
      all
        .filter((one) => one.getBoundingClientRect().right > 8 && one.getBoundingClientRect().left < innerWidth - 8)
        .map((one) => (one as HTMLElement).dataset.column),
    );

/** How many tickets of a status are whole on the screen. */
const wholeTickets = (page: Page, status: string): Promise<number> =>
  page.locator(`[data-column=${status}] [data-scroller]`).evaluate(
    (list) =>
      [...list.querySelectorAll('[data-testid=ticket]')].filter((ticket) => {
        const [room, { left, right, top, bottom }] = [list.getBoundingClientRect(), ticket.getBoundingClientRect()];
        return left >= room.left && right <= room.right && top >= room.top && bottom <= room.bottom;
      }).length,
  );

const swipe = async (page: Page, by: number): Promise<void> => {
  await page.mouse.move(190, 200);
  await page.mouse.wheel(by, 0);
};

/** The orders of the feed, with three items in the middle. */
async function serve(shop: Shop): Promise<void> {
  const random = createRandom(25);
  const now = Date.now();
  for (let i = 0; i < 25; i++) {
    const { dueAt: _, ...draft } = makeOrder(random, now, i < 20 ? 'preparing' : 'pending', (25 - i) * 60_000);
    await shop.order({ ...draft, priority: false });
  }
  for (let i = 0; i < 6; i++) await shop.order(makeOrder(random, now, 'ready', 600_000));
}

test('a phone shows one status, a swipe leads to the next one, and the tabs follow', async ({ shop, openDisplay }) => {
  await serve(shop);
  const screen = await openDisplay({ page: { viewport: UPRIGHT } });
  const { page } = screen;
  const tab = (view: string) => page.locator(`#tab-${view}`);
  await expect(tab('pending')).toHaveAttribute('aria-selected', 'true');
  await expect(tab('open')).toHaveCount(0);
  await expect.poll(() => inSight(page)).toEqual(['pending']);
  await swipe(page, 300);
  await expect(tab('preparing')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => inSight(page)).toEqual(['preparing']);
  await swipe(page, 300);
  await expect(tab('ready')).toHaveAttribute('aria-selected', 'true');
  await swipe(page, -300);
  await expect(tab('preparing')).toHaveAttribute('aria-selected', 'true');
  await page.setViewportSize(ON_ITS_SIDE);
  await expect.poll(() => inSight(page)).toEqual(['preparing']);
  await tab('ready').click();
  await expect.poll(() => inSight(page)).toEqual(['ready']);

  // The last new order is taken: the view stays where it is.
  await tab('pending').click();
  for (let left = 5; left > 0; left--) {
    await expect(page.locator('[data-column=pending] [data-testid=ticket]')).toHaveCount(left);
    await page.locator('[data-column=pending] [data-testid=ticket-action]').first().click();
  }
  await expect(page.locator('[data-column=pending] [data-testid=ticket]')).toHaveCount(0);
  await expect(tab('pending')).toHaveAttribute('aria-selected', 'true');
  await changeSettings(page, { language: 'ar' });
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect.poll(() => inSight(page)).toEqual(['pending']);
  await swipe(page, -700);
  await expect(tab('preparing')).toHaveAttribute('aria-selected', 'true');

  await page.setViewportSize({ width: 1280, height: 800 });
  await tab('open').click();
  await expect(page.getByTestId('pages')).toBeVisible();
});

test('a phone shows three whole tickets, upright and on its side', async ({ shop, openDisplay }) => {
  await serve(shop);
  const screen = await openDisplay({ page: { viewport: UPRIGHT } });
  const { page } = screen;
  await page.getByTestId('strip-unseen').getByRole('button').last().click();
  await screen.expectAlarm(false);
  for (const size of [UPRIGHT, ON_ITS_SIDE]) {
    await page.setViewportSize(size);
    for (const status of ['preparing', 'pending']) {
      await page.locator(`#tab-${status}`).click();
      await expect.poll(() => inSight(page)).toEqual([status]);
      await expect
        .poll(() => wholeTickets(page, status), `${status} on ${size.width}x${size.height}`)
        .toBeGreaterThanOrEqual(3);
    }
  }
});
