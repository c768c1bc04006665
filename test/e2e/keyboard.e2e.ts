import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test('[section 8] the main path needs no mouse: pick, bump, recall', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const { keyboard } = screen.page;
  const order = await shop.order();
  await screen.expectStatus(order, 'pending');
  await keyboard.press('1');
  await keyboard.press('Enter');
  await screen.expectStatus(order, 'preparing');
  await screen.expectPending(order, false);
  await keyboard.press('1');
  await keyboard.press('Enter');
  await screen.expectStatus(order, 'ready');
  await screen.expectPending(order, false);
  await keyboard.press('1');
  await keyboard.press('r');
  await screen.expectStatus(order, 'preparing');
  await expect.poll(async () => (await shop.read(order)).status).toBe('preparing');
});

test('every control of a ticket is reached by Tab', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order();
  await screen.expectStatus(order, 'pending');
  const action = screen.ticket(order).getByTestId('ticket-action');
  for (let presses = 0; presses < 60; presses++) {
    await screen.page.keyboard.press('Tab');
    if (await action.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(action).toBeFocused();
  await screen.page.keyboard.press('Space');
  await screen.expectStatus(order, 'preparing');
});
