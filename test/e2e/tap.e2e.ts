import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('[C1] [C6] [section 8] a tap moves the order on the server and on the other display, by one command; a tap on an item too', async ({
  shop,
  openDisplay,
}) => {
  const [kitchen, bar] = [await openDisplay({ name: 'Kitchen' }), await openDisplay({ name: 'Bar' })];
  const order = await shop.order();
  await bar.expectStatus(order, 'pending');
  await kitchen.bump(order);
  await kitchen.expectStatus(order, 'preparing');
  await bar.expectStatus(order, 'preparing');
  await kitchen.expectPending(order, false);
  await kitchen.expectQueue(0);
  expect((await shop.history(order)).map(({ type, by }) => `${type} by ${by.name}`)).toEqual([
    'order_created by Web shop',
    'order_status_changed by Kitchen',
  ]);
  await kitchen.ticket(order).getByTestId('ticket-item').first().click();
  await expect.poll(async () => (await shop.read(order)).items.map(({ done }) => done)).toEqual([true, false]);
  await expect(bar.ticket(order).getByTestId('ticket-item').first()).toHaveAttribute('aria-pressed', 'true');
});

test('[section 4] bumps complete a pickup, and a delivery by way of delivering; recall brings back', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const order = await shop.order();
  for (const status of ['preparing', 'ready'] as const) {
    await screen.bump(order);
    await screen.expectStatus(order, status);
    await screen.expectPending(order, false);
  }
  await screen.recall(order);
  await screen.expectStatus(order, 'preparing');
  await screen.expectPending(order, false);
  await screen.bump(order);
  await screen.expectStatus(order, 'ready');
  await screen.bump(order);
  await shop.expect(order, { status: 'completed' });
  const delivery = await shop.order({ fulfilment: 'delivery', status: 'ready' });
  await screen.bump(delivery);
  await screen.expectStatus(delivery, 'delivering');
  await shop.expect(delivery, { status: 'delivering' });
});

test('[section 4] an order is cancelled with a reason, and its ticket says so', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order({ status: 'preparing' });
  await screen.more(order);
  await screen.page.getByRole('button', { name: 'Cancel order' }).click();
  await expect(screen.page.getByRole('dialog').locator(':focus')).toHaveCount(1);
  await screen.page.getByRole('button', { name: 'Customer asked for it' }).click();
  await shop.expect(order, { status: 'cancelled' });
  expect((await shop.read(order)).reason).toBe('Customer asked for it');
  await expect(screen.ticket(order)).toHaveCount(0);
  await screen.page
    .getByRole('button', { name: /^Done/ })
    .or(screen.page.getByRole('tab', { name: /^Done/ }))
    .click();
  await screen.expectStatus(order, 'cancelled');
  await expect(screen.ticket(order)).toContainText('Customer asked for it');
});

test('[section 4] an order that somebody else cancelled, also during a power cut, leaves its place and stays below the board until it is cleared by hand', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ ownProcess: true });
  const [before, meanwhile] = [await shop.order({ status: 'preparing' }), await shop.order({ status: 'preparing' })];
  await screen.expectStatus(meanwhile, 'preparing');
  await shop.setStatus(before, 'cancelled', 'closed');
  await screen.expectStatus(before, 'cancelled');
  await Promise.all([screen.powerCut(), shop.setStatus(meanwhile, 'cancelled', 'closed')]);
  for (const order of [before, meanwhile]) {
    await screen.expectStatus(order, 'cancelled');
    const slip = screen.ticket(order);
    await expect(slip.and(screen.mark('strip-called-off').getByTestId('ticket'))).toBeInViewport({ ratio: 1 });
    await expect(slip).toContainText(/cancelled/i);
    await expect(slip).toContainText('closed');
    await slip.getByRole('button', { name: 'Clear' }).click();
    await expect(slip).toHaveCount(0);
  }
  await screen.page.reload();
  await expect(screen.mark('board')).toBeVisible();
  await expect(screen.page.getByTestId('ticket')).toHaveCount(0);
});

test('cancelled orders take no place from live ones, are one line each, and are cleared with one tap', async ({
  shop,
  openDisplay,
}) => {
  const off = await shop.orders(3, { status: 'preparing', priority: true });
  const live = await shop.order({ status: 'preparing' });
  const screens = [await openDisplay({ name: 'Kitchen' }), await openDisplay({ name: 'Bar' })];
  for (const screen of screens) await screen.expectStatus(live, 'preparing');
  for (const order of off) await shop.setStatus(order, 'cancelled', 'no show');
  for (const screen of screens) {
    const slips = screen.mark('strip-called-off').getByTestId('ticket');
    await expect(slips).toHaveCount(3);
    await expect(screen.mark('ticket')).toHaveAttribute('data-order-id', live.id);
    const button = await slips.first().getByTestId('ticket-clear').boundingBox();
    expect((await slips.first().boundingBox())?.height).toBe(button?.height);
    await expectNoViolations(screen.page, '[data-testid=strip-called-off]');
    await screen.page.getByRole('button', { name: 'Clear all 3 cancelled' }).click();
    await expect(slips).toHaveCount(0);
    await expect(screen.page.getByTestId('ticket')).toHaveCount(1);
  }
});
