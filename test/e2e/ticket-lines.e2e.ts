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

test('what is left out is marked by a sign and capitals, and chosen words have their colour', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const modifiers = ['no onion', 'extra cheese', 'ხახვის გარეშე', 'Allergy: nuts'].map((name) => ({ name }));
  const order = await shop.order({ status: 'preparing', items: [{ name: 'Burger', quantity: 1, modifiers }] });
  const ticket = screen.ticket(order);
  await expect(ticket.getByTestId('ticket-item')).toContainText(
    'no onion · extra cheese · ხახვის გარეშე · Allergy: nuts',
  );
  const removals = ticket.getByTestId('removal');
  await expect(removals).toHaveText(['no onion', 'ხახვის გარეშე']);
  for (const [i, [word, transform]] of [
    ['no', 'uppercase'],
    ['გარეშე', 'none'],
  ].entries()) {
    const mark = removals.nth(i).locator('b');
    await expect(mark).toHaveText(word ?? '');
    await expect(mark).toHaveCSS('text-transform', transform ?? '');
    await expect(mark.locator('svg')).toBeVisible();
  }

  await screen.page.getByTestId('settings').click();
  await screen.mark('add-modifier-colour').click();
  const rule = screen.mark('modifier-colour');
  await rule.getByLabel('Modifiers that contain').fill('allergy, peanut');
  await rule.getByLabel('Modifiers that contain').press('Enter');
  await rule.getByRole('radio', { name: 'Violet' }).click();
  await expect(rule.getByRole('radio', { name: 'Violet' })).toBeChecked();
  await screen.page.keyboard.press('Escape');
  const coloured = ticket.locator('bdi[data-colour]');
  await expect(coloured).toHaveText('Allergy: nuts');
  await expect(coloured).toHaveAttribute('data-colour', 'violet');
  await expect(coloured).toHaveCSS('color', 'rgb(255, 255, 255)');
  await screen.more(order);
  const sheet = screen.page.getByRole('dialog');
  await expect(sheet.getByTestId('removal')).toHaveCount(2);
});

test('what the note of a dish leaves out is marked too, and “no rush” is not', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order({
    status: 'preparing',
    items: [
      { name: 'Burger', quantity: 1, note: 'well done, no onion' },
      { name: 'Borscht', quantity: 1, note: 'без сметаны' },
      { name: 'Steak', quantity: 1, note: 'no rush' },
    ],
  });
  const ticket = screen.ticket(order);
  await expect(ticket.getByTestId('ticket-item')).toHaveText([/well done, no onion/, /без сметаны/, /no rush/]);
  await expect(ticket.getByTestId('removal')).toHaveText(['no', 'без']);
  await expect(ticket.getByTestId('removal').first().locator('b')).toHaveCSS('text-transform', 'uppercase');
  await screen.more(order);
  await expect(screen.page.getByRole('dialog').getByTestId('removal')).toHaveCount(2);
});
