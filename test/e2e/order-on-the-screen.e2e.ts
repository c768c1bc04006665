import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { createShop } from './support/shop.ts';

test('[S3] [section 8] an order placed over HTTP becomes a ticket with everything a cook needs; changes follow', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  await screen.expectLink('live');
  const order = await shop.order({
    number: 'A7',
    fulfilment: 'dine_in',
    table: '12',
    covers: 4,
    note: 'birthday at this table',
    items: [
      { name: 'Khachapuri Adjaruli', quantity: 3, modifiers: [{ name: 'extra cheese' }], note: 'no egg' },
      { name: 'ต้มยำกุ้ง', quantity: 1, allergens: ['shellfish'] },
    ],
  });
  await screen.expectStatus(order, 'pending');
  await screen.expectPending(order, false);
  const ticket = screen.ticket(order);
  await expect(ticket).toHaveAttribute('data-age', 'normal');
  for (const word of [
    'A7',
    '12',
    'Khachapuri Adjaruli',
    '3',
    'extra cheese',
    'no egg',
    'ต้มยำกุ้ง',
    'birthday at this table',
  ])
    await expect(ticket).toContainText(word);
  await expect(ticket).toContainText(/allergy/i);
  await expect(ticket).toContainText(/shellfish/i);
  await expect(ticket.getByTestId('ticket-item')).toHaveCount(2);
  await shop.patch(order, { note: 'the bell is broken' });
  await expect(ticket).toContainText('the bell is broken');
  await shop.setStatus(order, 'preparing');
  await screen.expectStatus(order, 'preparing');
  await shop.remove(order);
  await expect(ticket).toHaveCount(0);
});

test('[section 3] [section 8] the board and the figures around it follow the orders of this store only', async ({
  server,
  shop,
  openDisplay,
}) => {
  const bar = await createShop(server.url, 'bar');
  const screen = await openDisplay();
  await screen.expectLink('live');
  await expect(screen.mark('new-count')).toHaveText(/^\D*0?\D*$/);
  await bar.order();
  const first = await shop.order();
  await shop.order({ items: [{ name: 'Khachapuri', quantity: 3 }], totalMinor: 2100 });
  await expect(screen.mark('new-count')).toHaveText(/2/);
  await expect(screen.page.getByTestId('ticket')).toHaveCount(2);
  await expect(screen.mark('all-day')).toContainText('Khachapuri');
  await expect(screen.mark('all-day')).toContainText('5');
  await expect(screen.mark('stats-orders')).toContainText('2');
  await expect(screen.mark('stats-revenue')).toContainText('50');
  await expect(screen.mark('stats-average')).toContainText('25');
  await screen.bump(first);
  await expect(screen.mark('new-count')).toHaveText(/1/);
  await expect(screen.mark('last-update')).not.toBeEmpty();
  await screen.mark('refresh').click();
  await screen.expectLink('live');
});
