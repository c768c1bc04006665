import { expect } from '@playwright/test';
import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { test } from './support/fixtures.ts';

test('[section 14] a printer of the screen prints accepted orders once, and its trouble is on the screen', async ({
  openDisplay,
  shop,
}) => {
  const printer = await startFakePrinter();
  const screen = await openDisplay({ ownProcess: true });
  const { page } = screen;
  await page.getByTestId('settings').click();
  await page.locator('[data-section=printers]').click();
  await screen.mark('add-printer').click();
  const card = screen.mark('printer');
  await card.getByLabel('Name').fill('Pass');
  await card.getByLabel('Name').press('Enter');
  await card.getByLabel('Address of the printer').fill(printer.address);
  await card.getByLabel('Address of the printer').press('Enter');
  await screen.mark('test-printer').click();
  await expect.poll(() => printer.jobs.map(({ cuts }) => cuts)).toEqual([1]);
  await page.keyboard.press('Escape');

  printer.state.paper = false;
  const order = await shop.order();
  await screen.bump(order);
  await expect(screen.mark('strip-printer')).toContainText('Pass is out of paper');
  await expect(screen.mark('strip-printer')).toContainText('1 ticket waits');
  await screen.expectSettled(order, 'preparing');
  expect(printer.jobs).toHaveLength(1);

  await screen.powerCut();
  printer.state.paper = true;
  await expect.poll(() => printer.jobs.map(({ cuts }) => cuts)).toEqual([1, 1]);
  const again = screen.page;
  await expect(again.getByTestId('strip-printer')).toHaveCount(0);
  await screen.more(order);
  await screen.mark('print-paper').click();
  await expect.poll(() => printer.jobs.length).toBe(3);
  expect(printer.errors).toEqual([]);
  await printer.stop();
});
