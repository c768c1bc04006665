import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

/** Longer than a panel stays open untouched. */
const UNTOUCHED_MS = 61_000;

test('[A1] the strip of unseen orders shows inside an open panel, and can be answered there', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  await screen.mark('open-recall').click();
  const panel = screen.page.getByRole('dialog');
  const before = await panel.boundingBox();
  const order = await shop.order();
  const strip = panel.getByTestId('strip-unseen');
  await expect(strip).toContainText(order.number);
  await expect(strip).toBeInViewport({ ratio: 1 });
  expect(await panel.boundingBox()).toEqual(before);
  await strip.getByRole('button', { name: 'I have seen it' }).click();
  await screen.expectAlarm(false);
  await expect(panel).toBeVisible();
});

test('a panel that nobody touches closes, but not over a text that is being typed', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const { clock } = screen.page;
  await clock.install();
  await screen.page.reload();
  const order = await shop.order({ status: 'preparing' });
  const panel = screen.page.getByRole('dialog');
  await screen.mark('open-all-day').click();
  await expect(panel).toBeVisible();
  await clock.fastForward(UNTOUCHED_MS);
  await expect(panel).toHaveCount(0);
  await screen.more(order);
  await screen.mark('cancel').click();
  await screen.mark('reason-own').fill('Oven broke');
  await clock.fastForward(UNTOUCHED_MS);
  // To the page its host was silent for that long, so it connects again first.
  await screen.expectLink('live');
  await screen.mark('reason-submit').click();
  await shop.expect(order, { status: 'cancelled', reason: 'Oven broke' });
});
