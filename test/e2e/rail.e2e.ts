import { expect } from '@playwright/test';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

/** Long enough to tap on a busy machine. */
const UNHURRIED = { undoSeconds: 30 };
const AT = (minute: number): string => new Date(Date.parse('2026-01-01T10:00:00.000Z') + minute * 60_000).toISOString();

test.describe('bump and undo', () => {
  test('a bump can be undone for the set time, and the order is where it was', async ({ shop, openDisplay }) => {
    const screen = await openDisplay({ settings: UNHURRIED });
    const order = await shop.order();
    await screen.bump(order);
    await screen.expectSettled(order, 'preparing');
    // The customer already knows: the contract has no way back to pending.
    await expect(screen.mark('toast-action')).toHaveCount(0);
    await screen.bump(order);
    await screen.expectStatus(order, 'ready');
    await expect(screen.mark('toast')).toContainText(`${order.number} is ready`);
    await screen.mark('toast-action').click();
    await screen.expectStatus(order, 'preparing');
    await expect(screen.mark('toast-action')).toHaveCount(0);
    await expect
      .poll(async () => (await shop.history(order)).map(({ order: now }) => now?.status))
      .toEqual(['pending', 'preparing', 'ready', 'preparing']);
    await changeSettings(screen.page, { undoSeconds: 1 });
    await screen.bump(order);
    await screen.expectSettled(order, 'ready');
    await expect(screen.mark('toast-action')).toHaveCount(0);
    await screen.page.keyboard.press('u');
    await screen.expectQueue(0);
    expect((await shop.read(order)).status).toBe('ready');
  });

  test('[C1] without a network a tap and its undo wait together and arrive in order', async ({
    link,
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay({ serverUrl: link.url, settings: UNHURRIED });
    const order = await shop.order({ status: 'preparing' });
    await screen.expectStatus(order, 'preparing');
    await link.cut();
    await screen.bump(order);
    await screen.expectStatus(order, 'ready');
    await screen.mark('toast-action').click();
    await screen.expectStatus(order, 'preparing');
    await screen.expectQueue(2);
    await link.repair();
    await screen.expectQueue(0);
    await shop.expect(order, { version: 3 });
    await expect(screen.page.getByText('was not done')).toHaveCount(0);
  });

  test('where two taps are required, one is not enough; a key is', async ({ shop, openDisplay }) => {
    const screen = await openDisplay({ settings: { bumpBy: 'double_tap' } });
    const order = await shop.order({ status: 'preparing' });
    const action = screen.ticket(order).getByTestId('ticket-action');
    await action.click();
    await expect(action).toHaveText('Tap again');
    await expect(action).toHaveText('Ready');
    await screen.expectStatus(order, 'preparing');
    await action.dblclick();
    await screen.expectSettled(order, 'ready');
    expect((await shop.read(order)).version).toBe(2);
    await action.press('Enter');
    await shop.expect(order, { status: 'completed' });
  });
});

test.describe('items', () => {
  test('the order moves on when its last item is ticked off; undo reverts both', async ({ shop, openDisplay }) => {
    const screen = await openDisplay({ settings: UNHURRIED });
    const order = await shop.order({ status: 'preparing' });
    const items = screen.ticket(order).getByTestId('ticket-item');
    await items.nth(0).click();
    await expect(items.nth(0)).toHaveAttribute('data-done', 'true');
    await screen.expectStatus(order, 'preparing');
    await items.nth(1).click();
    await screen.expectStatus(order, 'ready');
    await shop.expect(order, { status: 'ready' });
    await screen.page.keyboard.press('u');
    await screen.expectStatus(order, 'preparing');
    await expect(items.nth(0)).toHaveAttribute('data-done', 'true');
    await expect(items.nth(1)).toHaveAttribute('data-done', 'false');
    await expect.poll(async () => (await shop.read(order)).items.map(({ done }) => done)).toEqual([true, false]);
  });

  test('[C6] an order with a held course stays; once fired and ticked off it moves on', async ({
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay();
    const items = [
      { id: 's', name: 'Soup', quantity: 1, course: 1 },
      { id: 'm', name: 'Trout', quantity: 1, course: 2 },
    ];
    const order = await shop.order({ status: 'preparing', items });
    const ticket = screen.ticket(order);
    await expect(ticket.locator('[data-testid=course][data-held=true]')).toContainText('Trout');
    for (const item of await ticket.getByTestId('ticket-item').all()) await item.click();
    await expect.poll(async () => (await shop.read(order)).items.every(({ done }) => done)).toBe(true);
    await screen.expectStatus(order, 'preparing');
    await ticket.getByRole('button', { name: 'Fire' }).click();
    await shop.expect(order, { firedCourse: 2 });
    const last = ticket.getByTestId('ticket-item').nth(1);
    await last.click();
    await expect(last).toHaveAttribute('data-done', 'false');
    await last.click();
    await screen.expectStatus(order, 'ready');
  });
});

test.describe('courses', () => {
  const items = [
    { id: 's', name: 'Soup', quantity: 1, course: 1 },
    { id: 'm', name: 'Trout', quantity: 2, course: 2 },
  ];

  test('[C6] the big button takes an order through its courses, and never past one that was not fired', async ({
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay();
    const order = await shop.order({ status: 'preparing', fulfilment: 'dine_in', items });
    const action = screen.ticket(order).getByTestId('ticket-action');
    for (const [label, then] of [
      ['Course 1 done', { status: 'preparing', firedCourse: 1 }],
      ['Fire course 2', { status: 'preparing', firedCourse: 2 }],
      ['Ready', { status: 'ready' }],
      ['Served', { status: 'completed' }],
    ] as const) {
      await expect(action).toHaveText(label);
      await screen.bump(order);
      await shop.expect(order, then);
    }
  });

  test('[C6] firing a course of an order that is ready brings it back to its cooks; serving without it asks first', async ({
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay();
    const order = await shop.order({ status: 'ready', fulfilment: 'dine_in', items });
    await expect(screen.ticket(order).getByTestId('ticket-action')).toHaveText('Fire course 2');
    await screen.bump(order);
    await screen.expectSettled(order, 'preparing');
    await shop.expect(order, { status: 'preparing', firedCourse: 2 });

    const other = await shop.order({ status: 'ready', fulfilment: 'dine_in', items });
    await screen.more(other);
    await screen.mark('without-course').click();
    const sheet = screen.page.getByRole('dialog');
    await expect(sheet).toContainText('course 2 has not been fired');
    await expect(sheet).toContainText('2 Trout');
    expect((await shop.read(other)).status).toBe('ready');
    await sheet.getByRole('button', { name: 'Served' }).click();
    await shop.expect(other, { status: 'completed', firedCourse: 1 });
  });
});

test('priority and ten more minutes reach every screen, and can be undone', async ({ shop, openDisplay }) => {
  const kitchen = await openDisplay({ name: 'Kitchen', settings: UNHURRIED });
  const bar = await openDisplay({ name: 'Bar' });
  const [first] = await shop.orders(4, { status: 'preparing' });
  const dueAt = new Date(Date.now() + 3_600_000).toISOString();
  const rush = await shop.order({ status: 'preparing', dueAt });
  await kitchen.more(rush);
  await kitchen.mark('set-priority').click();
  // In columns a ticket stays in its stack and moves to the top.
  await expect(kitchen.page.locator('li:first-child > [data-priority=true]')).toHaveCount(1);
  await expect(bar.mark('ticket')).toHaveAttribute('data-order-id', rush.id);
  await expect(bar.mark('ticket')).toHaveAttribute('data-priority', 'true');
  await kitchen.mark('toast-action').click();
  await expect(bar.mark('ticket')).toHaveAttribute('data-order-id', first?.id ?? '');

  const due = bar.ticket(rush).getByTestId('ticket-due');
  const was = await due.textContent();
  await kitchen.more(rush);
  await kitchen.page.getByRole('group', { name: 'Delay' }).getByRole('button', { name: '+10 min' }).click();
  const promised = () => shop.read(rush).then((now) => Date.parse(now.dueAt ?? '') - Date.parse(dueAt));
  await expect.poll(promised).toBe(600_000);
  await expect(due).not.toHaveText(was ?? '');
  await kitchen.page.keyboard.press('u');
  await expect.poll(promised).toBe(0);
  await expect(due).toHaveText(was ?? '');
});

test('the recall list shows a finished order without a change, and returns it to its place and its time', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const old = await shop.order({ status: 'ready', placedAt: AT(0) });
  const young = await shop.order({ status: 'ready', placedAt: AT(9) });
  await screen.bump(old);
  await shop.expect(old, { status: 'completed' });
  const before = await shop.read(old);
  await screen.mark('open-recall').click();
  await expect(screen.page.getByRole('dialog', { name: 'Recall', exact: true })).toBeVisible();
  await screen.mark('review').locator('summary').click();
  await expect(screen.mark('review')).toContainText('extra cheese');
  await screen.expectQueue(0);
  expect(await shop.read(old)).toEqual(before);
  const row = screen.page.locator(`[data-testid=recall-row][data-order-id="${old.id}"]`);
  await row.getByTestId('recall-order').click();
  await expect(row).toHaveCount(0);
  await screen.page.keyboard.press('Escape');
  await screen.expectStatus(old, 'ready');
  const shown = () => screen.page.getByTestId('ticket').evaluateAll((all) => all.map((t) => t.dataset.orderId));
  await expect.poll(shown).toEqual([old.id, young.id]);
  await shop.expect(old, { status: 'ready', placedAt: AT(0) });
});

test('additions are marked ADD-ON and removals are named until a person has seen them, over a power cut too', async ({
  shop,
  openDisplay,
}) => {
  const kitchen = await openDisplay({ name: 'Kitchen' });
  const bar = await openDisplay({ ownProcess: true, name: 'Bar', page: { reducedMotion: 'reduce' } });
  const order = await shop.order({ status: 'preparing' });
  for (const screen of [kitchen, bar]) await screen.expectStatus(order, 'preparing');
  const items = [
    { id: 'i1', name: 'Khachapuri', quantity: 5, modifiers: [{ name: 'extra cheese' }], note: 'no egg' },
    { id: 'i3', name: 'Churchkhela', quantity: 1 },
  ];
  await shop.patch(order, { items, note: 'ring the bell' });
  const ticket = kitchen.ticket(order);
  await expect(ticket).toHaveAttribute('data-changed', 'true');
  await expect(ticket.getByTestId('item-mark')).toHaveText(['ADD-ON +3', 'ADD-ON']);
  await expect(ticket.getByTestId('ticket-changes')).toContainText('Tarragon lemonade');
  await expect(ticket.getByTestId('ticket-changes')).toContainText('note changed');
  await ticket.getByTestId('ticket-changes').click();
  await expect(ticket).toHaveAttribute('data-changed', 'false');
  await expect(ticket.getByTestId('item-mark')).toHaveCount(0);
  // Marks belong to one screen and do not change the order.
  await bar.powerCut();
  await expect(bar.ticket(order)).toHaveAttribute('data-changed', 'true');
  await expect(bar.ticket(order).getByTestId('item-mark')).toHaveText(['ADD-ON +3', 'ADD-ON']);
  expect((await shop.read(order)).version).toBe(2);
  // With reduced motion the mark is steady.
  const ring = await bar.ticket(order).evaluate((element) => {
    const { animationName, borderTopWidth } = getComputedStyle(element, '::after');
    return { animationName, wide: Number.parseFloat(borderTopWidth) > 0 };
  });
  expect(ring).toEqual({ animationName: 'none', wide: true });
});
