import { expect, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { makeOrder } from '../../scripts/feed/make-order.ts';
import { createRandom } from '../../scripts/feed/random.ts';
import { test } from './support/fixtures.ts';

/** How many of 25 open orders a screen must show whole, ringing or not. */
const SIZES = [
  { width: 800, height: 480, whole: 3 },
  { width: 1024, height: 600, whole: 5 },
  { width: 1280, height: 800, whole: 8 },
  { width: 1920, height: 1080, whole: 12 },
  { width: 1080, height: 1920, whole: 12 },
  { width: 3840, height: 2160, whole: 20 },
];

/** The tickets of which nothing is cut off. */
const wholeTickets = (page: Page): Promise<string[]> =>
  page.getByTestId('pages').evaluate((pages) => {
    const room = pages.getBoundingClientRect();
    return [...pages.querySelectorAll<HTMLElement>('[data-testid=ticket]')].flatMap((ticket) => {
      const { left, right, top, bottom } = ticket.getBoundingClientRect();
      const isWhole =
        left >= room.left - 1 &&
        right <= room.right + 1 &&
        top >= room.top &&
        bottom <= room.bottom + 1 &&
        right > left;
      return isWhole ? [ticket.dataset.orderId ?? ''] : [];
    });
  });

/** The buttons that are not as large as the head of their ticket, and in its place. */
function strayButtons(pages: Element): string[] {
  const box = (part: Element | null | undefined): string => {
    const { left, top, width, height } = part?.getBoundingClientRect() ?? new DOMRect();
    return [left, top, width, height].map(Math.round).join();
  };
  const buttons = [...pages.querySelectorAll('[data-testid=ticket-action]')];
  return buttons
    .filter((button) => box(button) !== box(button.closest('header')))
    .map((button) => button.ariaLabel ?? '');
}

test('of 25 open orders, a screen of each size shows many whole, the oldest first, and the same while it rings', async ({
  shop,
  openDisplay,
}) => {
  // With this seed, the orders of the feed have three items in the middle.
  const random = createRandom(25);
  const now = Date.now();
  const open: Order[] = [];
  for (let i = 0; i < 25; i++) {
    const { dueAt: _, ...draft } = makeOrder(random, now, i < 20 ? 'preparing' : 'pending', (25 - i) * 60_000);
    open.push(await shop.order({ ...draft, priority: false }));
  }
  for (let i = 0; i < 6; i++) await shop.order({ ...makeOrder(random, now, 'ready', 600_000) });
  const screen = await openDisplay();
  const look = async (whole: number) => {
    const seen = () => wholeTickets(screen.page);
    // Another size is laid out in some frames.
    await expect(async () => {
      const ids = await seen();
      expect(ids.length).toBeGreaterThanOrEqual(whole);
      expect(ids).toEqual(open.slice(0, ids.length).map(({ id }) => id));
    }).toPass({ timeout: 10_000 });
    expect(await screen.page.getByTestId('pages').evaluate(strayButtons)).toEqual([]);
    return seen();
  };
  const ringing: string[][] = [];
  await screen.expectAlarm(true);
  for (const { width, height, whole } of SIZES) {
    await screen.page.setViewportSize({ width, height });
    ringing.push(await look(whole));
  }
  await screen.page.getByTestId('strip-unseen').getByRole('button').last().click();
  await screen.expectAlarm(false);
  for (const [i, { width, height, whole }] of SIZES.entries()) {
    await screen.page.setViewportSize({ width, height });
    await look(whole);
    await expect.poll(() => wholeTickets(screen.page), `${width}x${height}`).toEqual(ringing[i]);
  }
});
