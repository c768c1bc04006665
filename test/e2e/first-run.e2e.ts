import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';

const nobody = { serverUrl: null, token: null };

test('[section 3] a new screen is paired by six characters and stays paired', async ({ server, shop, openDisplay }) => {
  const order = await shop.order();
  const screen = await openDisplay({ ...nobody, ownProcess: true });
  const { page } = screen;
  await page.getByLabel('Server address').fill(server.url);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill((await shop.pairingCode()).toLowerCase());
  await page.getByLabel('Name of this screen').fill('Pass');
  await page.getByRole('button', { name: 'Connect' }).click();
  // Asked once: from how far the screen is read.
  const reading = screen.mark('reading-panel');
  await reading.getByRole('radio', { name: /Across the kitchen/ }).click();
  await expect(reading).toContainText('Dish names can be read from 2 m.');
  await reading.getByRole('button', { name: 'Show the orders' }).click();
  await expect(reading).toHaveCount(0);
  await screen.expectLink('live');
  await screen.expectStatus(order, 'pending');
  await screen.powerCut();
  await screen.expectLink('live');
  await screen.expectStatus(order, 'pending');
});

test('[section 3] a wrong code and a wrong address are explained in words; a token pairs too', async ({
  server,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay(nobody);
  const { page } = screen;
  await page.getByLabel('Server address').fill(server.url);
  await expectNoViolations(page);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill('000000');
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByText('This code is wrong, used up or too old.')).toBeVisible();
  // The sentence pushes nothing off the screen.
  await expect(page.getByRole('button', { name: 'Connect' })).toBeInViewport({ ratio: 1 });
  await page.getByLabel('Server address').fill('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByText('No server answers at this address.')).toBeVisible();
  await page.getByLabel('Server address').fill(server.url);
  await page.getByRole('radio', { name: 'Token' }).check();
  await page.locator('input[name=token]').fill(await shop.displayToken('Pass'));
  await page.getByRole('button', { name: 'Connect' }).click();
  await screen.expectLink('live');
});
