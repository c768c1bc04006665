import { expect, type Page } from '@playwright/test';
import { startOfLocalDay } from '#contract/local-time.ts';
import type { Stats } from '#contract/sync.ts';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';
import type { Shop } from './support/shop.ts';

const figure = (page: Page, name: string) => page.getByTestId(`figures-${name}`);
const open = (page: Page) => page.getByTestId('open-figures').click();

/** Four orders: one completed, one ready and recalled once, one late, one cancelled. */
async function serve(shop: Shop): Promise<void> {
  const [done, back, gone] = [await shop.order(), await shop.order({ totalMinor: 5_100 }), await shop.order()];
  const old = new Date(Date.now() - 20 * 60_000).toISOString();
  await shop.order({ status: 'preparing', placedAt: old });
  for (const status of ['preparing', 'ready', 'completed']) await shop.setStatus(done, status);
  for (const status of ['preparing', 'ready', 'preparing', 'ready']) await shop.setStatus(back, status);
  await shop.setStatus(gone, 'cancelled', 'Sold out');
}

async function serversStats(serverUrl: string, token: string): Promise<Stats> {
  const from = new Date(startOfLocalDay(Date.now(), 'Asia/Tbilisi')).toISOString();
  const query = new URLSearchParams({ from, to: new Date(Date.now() + 60_000).toISOString() });
  const answer = await fetch(`${serverUrl}/api/v1/stats?${query}`, { headers: { authorization: `Bearer ${token}` } });
  return (await answer.json()) as Stats;
}

const asAge = (seconds: number | null): string =>
  seconds === null || seconds < 1 ? '0:00' : `0:${String(Math.floor(seconds)).padStart(2, '0')}`;

test("today's figures are the server's, and without a network those of the local copy", async ({
  server,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ ownProcess: true });
  const { page } = screen;
  await expect(screen.mark('stats-median')).toHaveText('–');
  await serve(shop);
  await expect(screen.mark('stats-orders')).toHaveText('4');
  await expect(screen.mark('stats-revenue')).toContainText('109');
  await open(page);
  await expect(figure(page, 'orders')).toHaveText('4');
  await expect(figure(page, 'status-cancelled')).toContainText('1');
  const stats = await serversStats(server.url, shop.token);
  expect(stats).toMatchObject({ orders: 4, revenueMinor: 10_900, byStatus: { completed: 1, ready: 1, preparing: 1 } });
  await expect(figure(page, 'open')).toHaveText('2');
  await expect(figure(page, 'revenue')).toContainText('109');
  await expect(figure(page, 'average')).toContainText('36.33');
  await expect(figure(page, 'median')).toHaveText(asAge(stats.preparation.medianSeconds));
  await expect(figure(page, 'p90')).toHaveText(asAge(stats.preparation.p90Seconds));
  await expect(figure(page, 'late')).toHaveText('1');
  await expect(figure(page, 'recalled')).toHaveText('1');
  for (const [name, words] of [
    ['median', 'typical time'],
    ['p90', 'slowest 10%'],
    ['recalled', 'recalled'],
  ] as const)
    await expect(figure(page, name).locator('xpath=preceding-sibling::dt')).toHaveText(words);
  await expect(figure(page, 'source')).toContainText('up to date');
  // The chart as a screen reader reads it.
  const rows = figure(page, 'hours').locator('tbody tr');
  expect(await rows.locator('td:first-of-type').allTextContents()).toEqual(
    stats.perHour.map(({ orders }) => String(orders)),
  );
  await expectNoViolations(page, 'dialog[open]');
  await page.getByRole('radio', { name: 'Yesterday' }).click();
  await expect(figure(page, 'orders')).toHaveText('0');
  await expect(page.getByText('No orders yet')).toBeVisible();
  await page.getByRole('radio', { name: '7 days' }).click();
  await expect(figure(page, 'orders')).toHaveText('4');
  await page.keyboard.press('Escape');
  await expect(figure(page, 'orders')).toHaveCount(0);

  // From the local copy, after a power cut too.
  await server.stop('SIGKILL');
  await screen.powerCut();
  await screen.expectLink('offline');
  await expect(screen.mark('stats-orders')).toHaveText('4');
  await open(screen.page);
  await expect(figure(screen.page, 'source')).toContainText(/as of \d\d:\d\d/);
  await expect(figure(screen.page, 'orders')).toHaveText('4');
  await expect(figure(screen.page, 'average')).toContainText('36.33');
  await expect(figure(screen.page, 'late')).toHaveText('1');
  await expect(figure(screen.page, 'recalled')).toHaveText('1');
});
