import { expect } from '@playwright/test';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

const BUMP_BAR = { profile: 'bump_bar', digits: 'select', changed: {}, legend: false } as const;

test('[section 8] the main path needs no mouse: Tab, pick, bump, priority, seen, recall, clear', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { keyboard } = screen.page;
  const order = await shop.order();
  await screen.expectStatus(order, 'pending');
  const action = screen.ticket(order).getByTestId('ticket-action');
  for (let presses = 0; presses < 60; presses++) {
    await keyboard.press('Tab');
    if (await action.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(action).toBeFocused();
  await keyboard.press('Space');
  await screen.expectSettled(order, 'preparing');
  await keyboard.press('1');
  await keyboard.press('p');
  await expect(screen.ticket(order)).toHaveAttribute('data-priority', 'true');
  await shop.patch(order, { note: 'no salt' });
  await expect(screen.ticket(order)).toHaveAttribute('data-changed', 'true');
  await keyboard.press('a');
  await expect(screen.ticket(order)).toHaveAttribute('data-changed', 'false');
  for (const status of ['ready', 'completed'] as const) {
    await keyboard.press('1');
    await keyboard.press('Enter');
    await shop.expect(order, { status });
    // A key that is pressed before the screen shows the step counts as the same press.
    if (status === 'ready') await screen.expectStatus(order, status);
  }
  await expect(screen.ticket(order)).toHaveCount(0);
  // With nothing selected, R recalls the order that was finished last.
  await keyboard.press('Escape');
  await keyboard.press('r');
  await screen.expectSettled(order, 'ready');
  await shop.setStatus(order, 'cancelled', 'customer changed their mind');
  await screen.expectStatus(order, 'cancelled');
  const { version } = await shop.read(order);
  await keyboard.press('1');
  await keyboard.press('Enter');
  await expect(screen.ticket(order)).toHaveCount(0);
  expect((await shop.read(order)).version).toBe(version);
});

test('Enter moves each order of a stack a step on and selects the next one below', async ({ shop, openDisplay }) => {
  const placed = await shop.orders(12, { status: 'preparing' });
  const screen = await openDisplay({ settings: { layout: 'columns' } });
  const preparing = screen.page.locator('[data-column=preparing] [data-stack]');
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
  for (const order of placed) await shop.expect(order, { status: ids.includes(order.id) ? 'ready' : 'preparing' });
});

test('keys open and close panels, and the legend shows them', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const { keyboard } = screen.page;
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  const dialog = (mark: string) => screen.page.locator(`dialog[data-testid=${mark}]`);
  const open = screen.page.locator('dialog[open]');
  await keyboard.press('m');
  await expect(dialog('recall-panel')).toBeVisible();
  await keyboard.press('Escape');
  await expect(open).toHaveCount(0);
  await keyboard.press('1');
  for (const [key, mark] of [
    ['m', 'order-sheet'],
    ['s', 'all-day-panel'],
  ] as const) {
    await keyboard.press(key);
    await expect(dialog(mark)).toBeVisible();
    await keyboard.press(key);
    await expect(open).toHaveCount(0);
  }
  await keyboard.press('/');
  // Typing there is text, not commands.
  await keyboard.type('ms1');
  await expect(dialog('search-panel').getByRole('combobox')).toHaveValue('ms1');
  await keyboard.press('Escape');
  await expect(open).toHaveCount(0);

  const legend = screen.page.getByTestId('key-legend');
  await expect(legend).toHaveCount(0);
  await keyboard.press('?');
  await expect(legend).toContainText('next step');
  await keyboard.press('F1');
  await expect(legend).toHaveCount(0);
  await changeSettings(screen.page, { keys: { ...BUMP_BAR, legend: true } });
  await screen.page.reload();
  await expect(legend).toContainText('Num +');
  await legend.getByRole('button', { name: 'Hide the keys' }).click();
  await expect(legend).toHaveCount(0);
});

test('a digit bumps at once where that is set, and a key can be assigned another action', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ settings: { keys: { ...BUMP_BAR, digits: 'bump' } } });
  const { keyboard } = screen.page;
  const [first, second] = [await shop.order({ status: 'preparing' }), await shop.order({ status: 'preparing' })];
  await screen.expectStatus(second, 'preparing');
  // With Shift, Playwright's number pad types digits, as a real one does with NumLock.
  await keyboard.press('Shift+Numpad1');
  await screen.expectSettled(first, 'ready');
  await changeSettings(screen.page, { keys: { ...BUMP_BAR, profile: 'keyboard', changed: { bump: ['KeyX'] } } });
  // The first one is ready, and no longer among those to be made.
  await keyboard.press('1');
  await keyboard.press('Enter');
  await keyboard.press('x');
  await shop.expect(second, { status: 'ready', version: 2 });
});

test('digits number the visible tickets, oldest first over all columns, and follow a scroll', async ({
  shop,
  openDisplay,
}) => {
  const at = (minute: number) => new Date(Date.parse('2026-01-01T10:00:00.000Z') + minute * 60_000).toISOString();
  for (let i = 20; i < 32; i++) await shop.order({ placedAt: at(i) });
  const cooking = [];
  for (let i = 0; i < 12; i++) cooking.push(await shop.order({ status: 'preparing', placedAt: at(i) }));
  const [oldest] = cooking;
  if (!oldest) throw new Error('no order');
  const screen = await openDisplay({ settings: { layout: 'columns' } });
  const { keyboard } = screen.page;
  const selected = screen.page.locator('[data-testid=ticket][data-selected=true]');
  await expect(screen.page.getByTestId('ticket')).toHaveCount(24);
  await keyboard.press('1');
  await expect(selected).toHaveAttribute('data-order-id', oldest.id);
  await keyboard.press('Escape');
  const column = screen.page.locator('[data-column=preparing]');
  await column.locator('[data-scroller]').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(screen.ticket(oldest)).not.toBeInViewport();
  const heads = await column.getByTestId('ticket-head').evaluateAll((all) =>
    all.flatMap((head) => {
      const edge = head.closest('[data-scroller]')?.getBoundingClientRect().top ?? 0;
      const id = head.closest<HTMLElement>('[data-order-id]')?.dataset.orderId ?? '';
      const { top, height } = head.getBoundingClientRect();
      // A head counts as visible while less than half of it is cut off.
      return top + height / 2 >= edge ? [id] : [];
    }),
  );
  await keyboard.press('1');
  const first = cooking.find(({ id }) => heads.includes(id));
  await expect(selected).toHaveAttribute('data-order-id', first?.id ?? '');
});

test('arrows, Home, End and paging reach every ticket, a second digit those beyond the ninth', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({
    page: { viewport: { width: 1280, height: 800 } },
    settings: { keys: BUMP_BAR },
  });
  const { keyboard } = screen.page;
  await shop.orders(36, { status: 'preparing', items: [{ id: 'i1', name: 'Lobio', quantity: 1 }] });
  const picked = screen.page.locator('[data-testid=ticket][data-selected=true]');
  const tickets = screen.page.getByTestId('ticket');
  const expectPicked = async (n: number): Promise<void> => {
    const id = (await tickets.nth(n).getAttribute('data-order-id')) ?? '';
    await expect(picked).toHaveAttribute('data-order-id', id);
  };
  await expect(tickets).toHaveCount(36, { timeout: 45_000 });
  await expect(screen.mark('page-at')).toContainText('1 / 3');
  await keyboard.press('Shift+Numpad1');
  await expectPicked(0);
  // Time runs down the columns.
  await keyboard.press('ArrowDown');
  await expectPicked(1);
  for (const key of ['ArrowUp', 'ArrowRight', 'ArrowLeft']) await keyboard.press(key);
  await expectPicked(0);
  // Both at once, so that the speed of this machine does not matter.
  await screen.page.evaluate(() => {
    for (const digit of ['1', '0'])
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: digit, code: `Numpad${digit}`, bubbles: true, cancelable: true }),
      );
  });
  await expectPicked(9);
  await keyboard.press('End');
  await expect(screen.mark('page-at')).toContainText('3 / 3');
  await expectPicked((await tickets.count()) - 1);
  await keyboard.press('Home');
  await expect(screen.mark('page-at')).toContainText('1 / 3');
  await expectPicked(0);
  await keyboard.press('PageDown');
  await expect(screen.mark('page-at')).toContainText('2 / 3');
  for (let i = 0; i < 2; i++) await keyboard.press('Shift+Numpad0');
  await expect(screen.mark('page-at')).toContainText('1 / 3');
});
