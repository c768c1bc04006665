import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';
import { choose } from './support/settings.ts';

/** The history, the waiting commands and the failed ones, on a real display with a real server. */

test('an order cancelled while offline is a card across the screen until read, and stays in the history', async ({
  shop,
  link,
  openDisplay,
}) => {
  const screen = await openDisplay({ ownProcess: true, serverUrl: link.url });
  const { page } = screen;
  const order = await shop.order({ number: '117' });
  const other = await shop.order({ number: '118' });
  await screen.bump(order);
  await screen.expectSettled(order, 'preparing');
  await screen.expectQueue(0);
  await link.cut();
  await screen.expectLink('offline', 'connecting');
  await screen.bump(order);
  await screen.bump(other);
  await screen.expectQueue(2);

  await screen.mark('open-waiting').click();
  const panel = page.getByTestId('waiting-panel');
  await expect(panel.getByTestId('waiting')).toHaveCount(2);
  await expect(panel.getByTestId('waiting').first()).toContainText('117');
  await expect(panel.getByTestId('waiting').first()).toContainText('Ready');
  await expect(panel.getByRole('heading', { name: 'Sent', exact: true })).toBeVisible();
  await expectNoViolations(page);
  const queue = await screen.saved(() => panel.getByTestId('queue-export').click());
  expect(JSON.parse(queue.text).waiting).toMatchObject([{ orderNumber: '117' }, { orderNumber: '118' }]);
  await page.keyboard.press('Escape');

  await shop.setStatus(order, 'cancelled', 'Customer asked for it');
  await link.repair();
  await screen.expectLink('live');
  const card = page.getByTestId('conflict-card');
  await expect(card).toContainText('117 CANCELLED');
  await expect(card).toContainText('you marked READY');
  await expect(card).toContainText('Customer asked for it');
  await expectNoViolations(page);
  await screen.powerCut();
  const after = screen.page.getByTestId('conflict-card');
  await expect(after).toBeVisible();
  await after.getByRole('button').click();
  await expect(after).toHaveCount(0);

  await screen.mark('settings').click();
  await screen.page.locator('[data-section=diagnosis]').click();
  await screen.mark('open-history').click();
  const history = screen.page.getByTestId('history-panel');
  await expect(history.locator('[data-kind=prepared_after_cancel]')).toContainText('117');
  await expect(history.getByTestId('path-socket')).toContainText(/\d/);
});

test('the history can be searched, filtered and saved by keys alone, in both themes and from right to left', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { page } = screen;
  const order = await shop.order({ number: '117' });
  await shop.order({ number: '118' });
  await screen.bump(order);
  await screen.expectPending(order, false);
  await screen.mark('settings').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-section=diagnosis]').focus();
  await page.keyboard.press('Enter');
  await screen.mark('open-history').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByTestId('history-panel');
  const events = panel.getByTestId('event');
  await expect(events.filter({ hasText: 'came in' })).toHaveCount(2);
  await expect(events.filter({ hasText: 'tapped: Preparing' })).toHaveCount(1);
  await expect(events.filter({ hasText: 'by socket' }).first()).toContainText(/after \d/);
  await expectNoViolations(page);

  await screen.mark('history-search').fill('118');
  await expect(events).toHaveCount(1);
  await screen.mark('history-search').fill('nobody');
  await expect(panel).toContainText('Nothing found');
  await screen.mark('history-search').fill('');
  await panel.getByRole('radio', { name: 'Link' }).check({ force: true });
  await expect(events.filter({ hasText: 'Link: Live' })).toHaveCount(1);
  await expect(events.filter({ hasText: 'came in' })).toHaveCount(0);

  await screen.mark('history-export').focus();
  const { text } = await screen.saved(() => page.keyboard.press('Enter'));
  const lines = text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).kind)).toContain('change');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);

  await choose(page, 'Light');
  await choose(page, 'العربية');
  await screen.mark('settings').click();
  await page.locator('[data-section=diagnosis]').click();
  await screen.mark('open-history').click();
  await expect(events.first()).toBeVisible();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 800, height: 480 });
  expect(await panel.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

test('a rejection that came too late can be kept or cancelled; a refused recall can be retried', async ({
  shop,
  link,
  openDisplay,
}) => {
  const screen = await openDisplay({ serverUrl: link.url });
  const { page } = screen;
  const late = await shop.order({ number: '117' });
  const stale = await shop.order({ number: '118', status: 'ready' });
  await screen.expectStatus(late, 'pending');
  await screen.expectStatus(stale, 'ready');
  await link.cut();
  await screen.expectLink('offline', 'connecting');
  await screen.more(late);
  await screen.mark('reject').click();
  await screen.mark('order-sheet').getByRole('button', { name: 'Sold out' }).click();
  await screen.recall(stale);
  await screen.expectQueue(2);
  await shop.setStatus(late, 'preparing');
  await shop.patch(stale, { note: 'no onion' });
  await link.repair();
  await screen.expectLink('live');
  const banners = page.getByTestId('strip-attention');
  await expect(banners).toHaveCount(2);
  await expectNoViolations(page);
  await banners.filter({ hasText: '118' }).getByRole('button', { name: 'Do it again' }).click();
  await screen.expectStatus(stale, 'preparing');
  await banners.filter({ hasText: '117' }).getByRole('button', { name: 'Cancel the order' }).click();
  await expect(banners).toHaveCount(0);
  await shop.expect(late, { status: 'cancelled' });
  await shop.expect(stale, { status: 'preparing' });
});
