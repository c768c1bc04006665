import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test('[L1] [C5] when the server stops, the screen says so and keeps the taps; each is applied once when it is back', async ({
  server,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const orders = [await shop.order(), await shop.order(), await shop.order()];
  for (const order of orders) await screen.expectStatus(order, 'pending');
  await screen.expectLink('live');
  await server.stop('SIGKILL');
  await screen.expectLink('connecting', 'offline');
  for (const order of orders) await screen.bump(order);
  for (const order of orders) {
    await screen.expectStatus(order, 'preparing');
    await screen.expectPending(order, true);
  }
  await screen.expectQueue(3);
  await server.start();
  await screen.expectLink('live');
  await screen.expectQueue(0);
  for (const order of orders) {
    await screen.expectPending(order, false);
    expect((await shop.history(order)).map(({ type }) => type)).toEqual(['order_created', 'order_status_changed']);
  }
});

test('[C1] after kill -9 of the display without a server, board and queue come back from disk', async ({
  server,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ ownProcess: true });
  const [tapped, left] = [await shop.order(), await shop.order()];
  await screen.expectStatus(left, 'pending');
  await server.stop('SIGKILL');
  await screen.bump(tapped);
  await screen.expectPending(tapped, true);
  await screen.powerCut();
  await screen.expectStatus(tapped, 'preparing');
  await screen.expectPending(tapped, true);
  await screen.expectStatus(left, 'pending');
  await screen.expectPending(left, false);
  await screen.expectQueue(1);
  await expect(screen.mark('link')).not.toHaveAttribute('data-state', 'live');
  await server.start();
  await screen.expectQueue(0);
  expect((await shop.read(tapped)).status).toBe('preparing');
});

test('[C4] a tap that came too late is refused in words, which stay until dismissed', async ({
  link,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ ownProcess: true, serverUrl: link.url });
  const order = await shop.order({ number: '117' });
  await screen.expectStatus(order, 'pending');
  await link.cut();
  await screen.bump(order);
  await screen.expectPending(order, true);
  await shop.setStatus(order, 'cancelled', 'customer changed their mind');
  await link.repair();
  const banner = () => screen.page.getByText(/117 CANCELLED .* you marked PREPARING/);
  await expect(banner()).toBeVisible({ timeout: 45_000 });
  await screen.expectQueue(0);
  await screen.expectLink('live');
  await screen.expectStatus(order, 'cancelled');
  await screen.powerCut();
  await expect(banner()).toBeVisible();
  await screen.page.getByRole('button', { name: 'Understood' }).click();
  await expect(banner()).toHaveCount(0);
});

test('[L1] [section 3] a display with a revoked token stops, says what to do, and takes a new code', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ name: 'Stolen' });
  await screen.expectLink('live');
  await shop.revoke('Stolen');
  await screen.expectLink('stopped');
  await expect(screen.page.getByText('Ask the manager for a new pairing code.')).toBeVisible();
  await screen.page.getByRole('button', { name: 'Enter code' }).click();
  await screen.page.getByRole('textbox', { name: 'Pairing code' }).fill(await shop.pairingCode());
  await screen.page.getByLabel('Name of this screen').fill('Found again');
  await screen.page.getByRole('button', { name: 'Connect' }).click();
  await screen.expectLink('live');
});

test('[L2] the refresh button sends waiting commands at once', async ({ link, shop, openDisplay }) => {
  const screen = await openDisplay({ serverUrl: link.url });
  const order = await shop.order();
  await screen.expectStatus(order, 'pending');
  await link.cut();
  await screen.expectLink('connecting', 'offline');
  await screen.bump(order);
  await screen.expectQueue(1);
  await link.repair();
  await screen.mark('refresh').click();
  await screen.expectQueue(0);
  expect((await shop.read(order)).status).toBe('preparing');
});
