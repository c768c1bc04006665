import { expect } from '@playwright/test';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

test('equal items are one line, ticked off together; undo brings all of them back', async ({ shop, openDisplay }) => {
  const screen = await openDisplay({ settings: { undoSeconds: 30 } });
  const burger = { name: 'Burger', modifiers: [{ name: 'no onion' }] };
  const order = await shop.order({
    status: 'preparing',
    items: [
      { id: 'a', quantity: 2, ...burger },
      { id: 'b', quantity: 1, name: 'Burger' },
      { id: 'c', quantity: 1, ...burger },
    ],
  });
  const lines = screen.ticket(order).getByTestId('ticket-item');
  await expect(lines).toHaveText([/^3Burger.*no onion/, /^1Burger/]);
  const done = async () => (await shop.read(order)).items.map((item) => item.done);
  await lines.first().click();
  await expect(lines.first()).toHaveAttribute('data-done', 'true');
  await expect.poll(done).toEqual([true, false, true]);
  await expect(screen.mark('toast')).toContainText('Burger done');
  await screen.mark('toast-action').click();
  await expect.poll(done).toEqual([false, false, false]);

  await shop.patch(order, {
    items: [
      { id: 'a', quantity: 2, ...burger },
      { id: 'b', quantity: 1, name: 'Burger' },
      { id: 'c', quantity: 1, ...burger },
      { id: 'd', quantity: 2, ...burger },
    ],
  });
  await expect(lines).toHaveText([/^5Burger.*ADD-ON \+2.*no onion/, /^1Burger/]);
  await changeSettings(screen.page, { combineItems: false });
  await expect(lines).toHaveCount(4);
  await expect(screen.ticket(order).getByTestId('item-mark')).toHaveText('ADD-ON');
});
