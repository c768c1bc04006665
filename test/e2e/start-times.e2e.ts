import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test('a new order can be started with a preparation time, by one tap or by plain Start without one', async ({
  link,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ serverUrl: link.url, settings: { promiseOnStart: true } });
  const dueAt = new Date(Date.now() + 3_600_000).toISOString();
  const [promised, plain, later] = [await shop.order(), await shop.order(), await shop.order({ dueAt })];
  await expect(screen.ticket(promised).getByTestId('start-in')).toHaveText(['+10 min', '+15 min', '+20 min']);
  await expect(screen.ticket(later).getByTestId('ticket-action')).toBeVisible();
  await expect(screen.ticket(later).getByTestId('start-in')).toHaveCount(0);

  // Both commands survive a link that is down.
  await link.cut();
  await screen
    .ticket(promised)
    .getByRole('button', { name: `Start order ${promised.number}, ready in 15 min` })
    .click();
  await screen.expectStatus(promised, 'preparing');
  await expect(screen.ticket(promised).getByTestId('start-in')).toHaveCount(0);
  await expect(screen.ticket(promised).getByTestId('ticket-due')).toBeVisible();
  await screen.expectQueue(2);
  await link.repair();
  await screen.expectQueue(0);
  const now = await shop.read(promised);
  expect(now.status).toBe('preparing');
  const minutes = (Date.parse(now.dueAt ?? '') - Date.parse(now.statusSince)) / 60_000;
  expect(minutes).toBeGreaterThan(13);
  expect(minutes).toBeLessThan(15.5);
  expect((await shop.history(promised)).map(({ type }) => type)).toEqual([
    'order_created',
    'order_status_changed',
    'order_updated',
  ]);

  await screen.bump(plain);
  await screen.expectSettled(plain, 'preparing');
  expect((await shop.read(plain)).dueAt).toBeNull();
});

test('without the setting, Start is the only step of a new order', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order();
  await expect(screen.ticket(order).getByTestId('ticket-action')).toHaveText('Start');
  await expect(screen.ticket(order).getByTestId('start-times')).toHaveCount(0);
});
