import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { openCustomerPage } from './support/customer-page.ts';
import { test } from './support/fixtures.ts';

test.skip(({ host }) => host === 'electron', 'a page for any browser');

const OF = { customer: { ref: 'u-17', name: 'Nino' } };

test('[section 9] a customer sees own orders, newest first, and each change and new one without a reload', async ({
  page,
  shop,
}) => {
  const first = await shop.order({ ...OF, number: '1' });
  await shop.order({ customer: { ref: 'u-18' }, number: 'other' });
  const second = await shop.order({ ...OF, number: '2' });
  const my = await openCustomerPage(page, await shop.customerLink('u-17'));
  await my.markOnce();
  await my.expectLink('live');
  const numbers = () => page.getByRole('heading', { name: /^Order/ }).allTextContents();
  expect(await numbers()).toEqual(['Order 2', 'Order 1']);
  await shop.setStatus(first, 'preparing');
  await my.expectStatus(first, 'preparing');
  const third = await shop.order({ ...OF, number: '3' });
  await my.expectStatus(third, 'pending');
  expect(await numbers()).toEqual(['Order 3', 'Order 2', 'Order 1']);
  await shop.remove(second);
  await expect(my.order(second)).toHaveCount(0);
  await my.order(third).getByTestId('cancel').click();
  await my.order(third).getByTestId('confirm').click();
  await my.expectStatus(third, 'cancelled');
  await shop.expect(third, { status: 'cancelled' });
  await my.expectNotReloaded();
  await expectNoViolations(page);
});

test('[section 9] earlier orders come when they are asked for', async ({ page, shop }) => {
  await shop.orders(25, OF);
  const my = await openCustomerPage(page, await shop.customerLink('u-17'));
  await my.expectLink('live');
  const orders = page.getByTestId('order');
  await expect(orders).toHaveCount(20);
  await page.getByRole('button', { name: 'Show earlier orders' }).click();
  await expect(orders).toHaveCount(25);
  await expect(page.getByRole('button', { name: 'Show earlier orders' })).toHaveCount(0);
  const ids = await orders.evaluateAll((all) => all.map((one) => one.getAttribute('data-order-id')));
  expect(new Set(ids).size).toBe(25);
});

test('[section 9] the token is in no address that the server gets', async ({ page, shop }) => {
  await shop.order(OF);
  const link = await shop.customerLink('u-17');
  const token = link.split('#')[1] ?? '';
  expect(token.length).toBeGreaterThan(20);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  const my = await openCustomerPage(page, link);
  await my.expectLink('live');
  expect(asked.length).toBeGreaterThan(3);
  // The browser reports the page's own address with its fragment, which it does not send.
  expect(asked.filter((url) => url !== link && url.includes(token))).toEqual([]);
});

test('[section 9] without orders, with a broken link or an ended one, the page says what to do', async ({
  page,
  server,
  shop,
}) => {
  const my = await openCustomerPage(page, await shop.customerLink('new'));
  await my.expectLink('live');
  await expect(page.getByText('No orders yet')).toBeVisible();
  const order = await shop.order({ customer: { ref: 'new' } });
  await my.expectStatus(order, 'pending');
  for (const [fragment, words] of [
    ['', 'Open it again from the message that you got.'],
    ['#x.y.z', 'Ask the shop for a new one.'],
    ['#%', 'Open it again from the message that you got.'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`${server.url}/my${fragment}`);
    await expect(page.getByText(words)).toBeVisible();
    await expectNoViolations(page);
  }
});
