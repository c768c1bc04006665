import { expect } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { changeSettings } from './support/change-settings.ts';
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

test('Tab reaches every control of a ticket', async ({ shop, openDisplay }) => {
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

const BUMP_BAR = { profile: 'bump_bar', digits: 'select', changed: {}, legend: false } as const;

test('U undoes the last tap, and then the one before it', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  await changeSettings(screen.page, { undoSeconds: 30 });
  const { keyboard } = screen.page;
  const [one, two] = [await shop.order({ status: 'preparing' }), await shop.order({ status: 'ready' })];
  await screen.expectStatus(one, 'preparing');
  await screen.bump(one);
  await screen.expectStatus(one, 'ready');
  await screen.bump(two);
  await expect(screen.ticket(two)).toHaveCount(0);
  await expect(screen.page.getByTestId('toast-action')).toHaveCount(2);
  await keyboard.press('u');
  await screen.expectStatus(two, 'ready');
  await keyboard.press('u');
  await screen.expectStatus(one, 'preparing');
  await expect.poll(async () => (await shop.read(one)).status).toBe('preparing');
  expect((await shop.read(two)).status).toBe('ready');
});

test('Enter moves each order of a stack a step on and selects the next one below', async ({ shop, openDisplay }) => {
  const placed: Order[] = [];
  for (let i = 0; i < 12; i++) placed.push(await shop.order({ status: 'preparing' }));
  const screen = await openDisplay();
  const preparing = screen.page.locator('[data-column=preparing] .stack');
  await expect(preparing.getByTestId('ticket')).toHaveCount(12);
  const inStack = preparing.first().getByTestId('ticket');
  const ids = await inStack.evaluateAll((all) => all.map((one) => one.getAttribute('data-order-id') ?? ''));
  // More than one chunk of tickets.
  expect(ids.length).toBeGreaterThan(4);
  await screen.page.keyboard.press('1');
  for (const id of ids) {
    await expect(screen.page.locator('[data-testid=ticket][data-selected=true]')).toHaveAttribute('data-order-id', id);
    await screen.page.keyboard.press('Enter');
  }
  await screen.expectQueue(0);
  for (const order of placed) {
    const wanted = ids.includes(order.id) ? 'ready' : 'preparing';
    await expect.poll(async () => (await shop.read(order)).status).toBe(wanted);
  }
});

test('R with nothing selected recalls the order that was finished last', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order({ status: 'ready' });
  await screen.bump(order);
  await expect(screen.ticket(order)).toHaveCount(0);
  await screen.page.keyboard.press('Escape');
  await screen.page.keyboard.press('r');
  await screen.expectStatus(order, 'ready');
});

test('P prioritises the selected order, and A marks its changes as seen', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const { keyboard } = screen.page;
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  await keyboard.press('1');
  await keyboard.press('p');
  await expect(screen.ticket(order)).toHaveAttribute('data-priority', 'true');
  await shop.patch(order, { note: 'no salt' });
  await expect(screen.ticket(order)).toHaveAttribute('data-changed', 'true');
  await keyboard.press('a');
  await expect(screen.ticket(order)).toHaveAttribute('data-changed', 'false');
});

test('Enter clears an order that somebody else cancelled, and sends no command', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  await shop.setStatus(order, 'cancelled', 'customer changed their mind');
  await screen.expectStatus(order, 'cancelled');
  await screen.page.keyboard.press('1');
  await screen.page.keyboard.press('Enter');
  await expect(screen.ticket(order)).toHaveCount(0);
  expect((await shop.read(order)).version).toBe(2);
});

test('keys open and close panels: S, M, slash and Esc', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const { keyboard } = screen.page;
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  const dialog = (mark: string) => screen.page.locator(`dialog[data-testid=${mark}]`);
  await keyboard.press('m');
  await expect(dialog('recall-panel')).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog('recall-panel')).toHaveCount(0);
  await keyboard.press('1');
  await keyboard.press('m');
  await expect(dialog('order-sheet')).toBeVisible();
  await keyboard.press('m');
  await expect(dialog('order-sheet')).toHaveCount(0);
  await keyboard.press('s');
  await expect(screen.page.locator('dialog[open]')).toHaveCount(1);
  await keyboard.press('s');
  await expect(screen.page.locator('dialog[open]')).toHaveCount(0);
  await keyboard.press('/');
  await expect(dialog('search-panel')).toBeVisible();
  // Typing there is text, not commands.
  await keyboard.type('ms1');
  await expect(dialog('search-panel').getByRole('combobox')).toHaveValue('ms1');
  await keyboard.press('Escape');
  await expect(dialog('search-panel')).toHaveCount(0);
});

test('? and F1 show the keys, and so does a setting', async ({ openDisplay }) => {
  const screen = await openDisplay();
  const legend = screen.page.getByTestId('key-legend');
  await expect(screen.mark('board')).toBeVisible();
  await expect(legend).toHaveCount(0);
  await screen.page.keyboard.press('?');
  await expect(legend).toContainText('next step');
  await screen.page.keyboard.press('F1');
  await expect(legend).toHaveCount(0);
  await changeSettings(screen.page, { keys: { ...BUMP_BAR, legend: true } });
  await screen.page.reload();
  await expect(legend).toContainText('Num +');
  await legend.getByRole('button', { name: 'Hide the keys' }).click();
  await expect(legend).toHaveCount(0);
});

test('a digit bumps at once where that is set, on the number pad and on the keyboard', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  await changeSettings(screen.page, { keys: { ...BUMP_BAR, digits: 'bump' } });
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  // With Shift, Playwright's number pad types digits, as a real one does with NumLock.
  await screen.page.keyboard.press('Shift+Numpad1');
  await screen.expectStatus(order, 'ready');
  await screen.page.keyboard.press('Digit1');
  await expect.poll(async () => (await shop.read(order)).status).toBe('completed');
});

test('a key can be assigned another action', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  await changeSettings(screen.page, { keys: { ...BUMP_BAR, profile: 'keyboard', changed: { bump: ['KeyX'] } } });
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  await screen.page.keyboard.press('1');
  await screen.page.keyboard.press('Enter');
  await screen.page.keyboard.press('x');
  await screen.expectStatus(order, 'ready');
  await screen.expectPending(order, false);
  expect((await shop.read(order)).status).toBe('ready');
});

test('arrows, Home, End and paging reach every ticket, a second digit those beyond the ninth', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ page: { viewport: { width: 1600, height: 1000 } } });
  await changeSettings(screen.page, { layout: 'grid', ticketsPerPage: 12, keys: BUMP_BAR });
  const { keyboard } = screen.page;
  const one = [{ id: 'i1', name: 'Lobio', quantity: 1 }];
  for (let i = 0; i < 26; i++) await shop.order({ status: 'preparing', items: one });
  const picked = screen.page.locator('[data-testid=ticket][data-selected=true]');
  const nth = (n: number) => screen.page.getByTestId('ticket').nth(n);
  await expect(screen.mark('page-at')).toContainText('1 /');
  const expectPicked = async (n: number): Promise<void> => {
    const id = (await nth(n).getAttribute('data-order-id')) ?? '';
    await expect(picked).toHaveAttribute('data-order-id', id);
  };
  await keyboard.press('Shift+Numpad1');
  await expectPicked(0);
  // In the grid, time runs down the columns.
  await keyboard.press('ArrowDown');
  await expectPicked(1);
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowLeft');
  await expectPicked(0);
  const count = await screen.page.getByTestId('ticket').count();
  expect(count).toBeGreaterThanOrEqual(10);
  // Both at once, so that the speed of this machine does not matter.
  await screen.page.evaluate(() => {
    for (const digit of ['1', '0'])
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: digit, code: `Numpad${digit}`, bubbles: true, cancelable: true }),
      );
  });
  await expectPicked(9);
  await keyboard.press('End');
  await expect(screen.mark('page-at')).toContainText(/3 \/ 3/);
  await expectPicked((await screen.page.getByTestId('ticket').count()) - 1);
  await keyboard.press('Home');
  await expect(screen.mark('page-at')).toContainText(/1 \/ 3/);
  await expectPicked(0);
  await keyboard.press('PageDown');
  await expect(screen.mark('page-at')).toContainText(/2 \/ 3/);
  await keyboard.press('Shift+Numpad0');
  await keyboard.press('Shift+Numpad0');
  await expect(screen.mark('page-at')).toContainText(/1 \/ 3/);
});
