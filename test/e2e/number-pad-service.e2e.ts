import { expect } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

const ORDERS = 24;
/** The number of orders that arrive at once. */
const WAVE = 12;

test('a service of two waves of orders is worked with the number pad alone', async ({ shop, openDisplay }) => {
  test.setTimeout(300_000);
  const screen = await openDisplay({ page: { viewport: { width: 1280, height: 800 } } });
  await changeSettings(screen.page, {
    keys: { profile: 'bump_bar', digits: 'select', changed: {}, legend: false },
  });
  const { keyboard } = screen.page;
  const tickets = screen.page.getByTestId('ticket');
  const selected = screen.page.locator('[data-testid=ticket][data-selected=true]');
  const placed: Order[] = [];

  /** Starts at the first ticket: each Enter moves one a step on and selects the next. */
  async function workThrough(): Promise<void> {
    for (let count = await tickets.count(); count > 0; count = await tickets.count()) {
      await expect(async () => {
        // With Shift, Playwright's number pad types digits, as a real one does with NumLock.
        await keyboard.press('Shift+Numpad1');
        // The selected ticket may be leaving; then press again after the time for a second digit.
        expect((await tickets.count()) === 0 || (await selected.count()) === 1).toBe(true);
      }).toPass({ intervals: [2_000], timeout: 30_000 });
      for (let i = 0; i < count; i++) await keyboard.press('NumpadEnter');
      await screen.expectQueue(0);
    }
  }

  while (placed.length < ORDERS) {
    for (let i = 0; i < WAVE; i++)
      placed.push(await shop.order({ fulfilment: (['pickup', 'dine_in', 'delivery'] as const)[i % 3] }));
    await expect(screen.mark('new-count')).toContainText(String(WAVE));
    await keyboard.press('NumpadAdd');
    await screen.expectAlarm(false);
    await workThrough();
  }
  await screen.expectQueue(0);

  for (const order of placed) {
    const changes = await shop.history(order);
    const steps = changes
      .filter(({ type }) => type === 'order_status_changed')
      .map(({ order: after }) => after?.status);
    expect(changes.filter(({ type }) => type === 'order_acknowledged')).toHaveLength(1);
    expect(steps).toEqual([
      'preparing',
      'ready',
      ...(order.fulfilment === 'delivery' ? ['delivering'] : []),
      'completed',
    ]);
    expect(changes.every(({ by }) => by.name === 'Web shop' || by.name === 'Pass')).toBe(true);
    expect((await shop.read(order)).status).toBe('completed');
  }
});
