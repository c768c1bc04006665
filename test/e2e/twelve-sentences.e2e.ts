import { expect } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { test } from './support/desktop.ts';
import { listenTo } from './support/played-sounds.ts';

/**
 * What people in kitchens and behind counters ask for, in their words, one test each, with the real server, host and browser.
 * Desktop features (tray, notifications) run in the real shell on the Electron fake. The ninth, a service over midnight, is in
 * midnight.e2e.ts, the twelfth, a week of uptime, in test/soak/soak.test.ts.
 */
// Long enough for a busy machine.
test.describe.configure({ timeout: 240_000 });

const NOTICED_MS = 15_000;
const HOUR_MS = 3_600_000;
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const ticketsOf = (order: Order): string => `[data-testid=ticket][data-order-id="${order.id}"]`;

test('1. Pull the network: within 15 s the screen says so, the tray changes, the board stays', async ({
  link,
  shop,
  openDisplay,
  openShell,
}) => {
  const shell = await openShell(link.url);
  const screen = await openDisplay({ serverUrl: link.url });
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  await screen.expectLink('live');
  // The worst case: the connection stays open and nothing arrives.
  await link.freeze();
  await Promise.all([
    expect(screen.mark('link')).not.toHaveAttribute('data-state', /^(live|catching_up)$/, { timeout: NOTICED_MS }),
    expect.poll(() => shell.trays[0]?.picture, { timeout: NOTICED_MS }).not.toBe('live'),
  ]);
  await expect.poll(() => shell.trays[0]?.picture, { timeout: 45_000 }).toBe('offline');
  await screen.expectLink('offline');
  await screen.expectStatus(order, 'preparing');
  await link.repair();
  await screen.expectLink('live');
});

test('2. Ten minutes offline, 20 bumps, kill -9, power on, network back: each applied once', async ({
  link,
  shop,
  openDisplay,
}) => {
  // Seconds instead of minutes: offline time makes no difference before twelve hours (C4).
  const orders = await Promise.all(Array.from({ length: 20 }, () => shop.order()));
  const screen = await openDisplay({ ownProcess: true, serverUrl: link.url });
  for (const order of orders) await screen.expectStatus(order, 'pending');
  await link.cut();
  await screen.expectLink('connecting', 'offline');
  for (const order of orders) await screen.bump(order);
  await screen.expectQueue(20);
  await screen.powerCut();
  await screen.expectQueue(20);
  await link.repair();
  await expect(screen.mark('queue-count')).toHaveText(/^\D*0\D*$/, { timeout: 45_000 });
  for (const order of orders) {
    await screen.expectStatus(order, 'preparing');
    expect((await shop.history(order)).map(({ type }) => type)).toEqual(['order_created', 'order_status_changed']);
  }
});

test('3. An order placed in the gap appears once and rings once', async ({ link, shop, openDisplay, openShell }) => {
  const shell = await openShell(link.url);
  const screen = await openDisplay({ serverUrl: link.url });
  const sounds = await listenTo(screen.page);
  await screen.expectLink('live');
  await link.cut();
  await screen.expectLink('connecting', 'offline');
  const order = await shop.order({ number: '117' });
  await link.repair();
  await screen.expectLink('live');
  await screen.expectAlarm(true);
  await expect
    .poll(() => shell.notifications.shown.map(({ title }) => title), { timeout: 45_000 })
    .toEqual(['New order 117']);
  // The same change over a second path.
  await screen.mark('refresh').click();
  await link.cut();
  await link.repair();
  await screen.expectLink('live');
  await expect.poll(() => shell.trays[0]?.picture, { timeout: 45_000 }).toBe('alarm');
  await expect(screen.page.locator(ticketsOf(order))).toHaveCount(1);
  expect({ alarms: await sounds.alarms(), notifications: shell.notifications.asked.length }).toEqual({
    alarms: 1,
    notifications: 1,
  });
});

test('4. The same event twice: one ticket, one sound', async ({ server, shop, openDisplay, openShell }) => {
  const shell = await openShell(server.url);
  const screen = await openDisplay();
  const sounds = await listenTo(screen.page);
  await screen.expectLink('live');
  const [order, again] = await Promise.all([shop.order({ externalId: 'web-7' }), shop.order({ externalId: 'web-7' })]);
  expect(again.id).toBe(order.id);
  await screen.expectAlarm(true);
  await expect.poll(() => shell.notifications.asked.length).toBe(1);
  // And the change itself: by socket, by poll, and after starting over.
  await screen.mark('refresh').click();
  shell.trays[0]?.choose('Refresh now');
  await server.stop('SIGKILL');
  await server.start();
  await screen.expectLink('live');
  expect((await shop.order({ externalId: 'web-7' })).id).toBe(order.id);
  await expect.poll(() => shell.trays[0]?.picture, { timeout: 45_000 }).toBe('alarm');
  await expect(screen.page.getByTestId('ticket')).toHaveCount(1);
  expect({ alarms: await sounds.alarms(), notifications: shell.notifications.asked.length }).toEqual({
    alarms: 1,
    notifications: 1,
  });
});

test('5. Two screens bump the same order: it moves once, the second is told', async ({ link, shop, openDisplay }) => {
  const kitchen = await openDisplay({ name: 'Kitchen' });
  const bar = await openDisplay({ name: 'Bar', serverUrl: link.url });
  const order = await shop.order({ number: '117' });
  await kitchen.expectStatus(order, 'pending');
  await bar.expectStatus(order, 'pending');
  await link.cut();
  await bar.bump(order);
  await bar.expectPending(order, true);
  await kitchen.bump(order);
  await kitchen.expectPending(order, false);
  const told = expect(bar.page.getByText('117 was moved on another screen').first()).toBeVisible({ timeout: 60_000 });
  await link.repair();
  await told;
  await bar.expectQueue(0);
  for (const screen of [kitchen, bar]) await screen.expectStatus(order, 'preparing');
  await expect(bar.page.getByText('was not done')).toHaveCount(0);
  expect((await shop.history(order)).map(({ type }) => type)).toEqual(['order_created', 'order_status_changed']);
});

test('6. Acknowledged on A, B is silent', async ({ server, shop, openDisplay, openShell }) => {
  const desktop = await openShell(server.url);
  const [a, b] = [await openDisplay({ name: 'A' }), await openDisplay({ name: 'B' })];
  const sounds = await listenTo(b.page);
  const order = await shop.order();
  for (const screen of [a, b]) await screen.expectAlarm(true);
  await expect.poll(() => desktop.trays[0]?.picture).toBe('alarm');
  await a.page.getByRole('button', { name: 'I have seen it' }).click();
  for (const screen of [a, b]) await screen.expectAlarm(false);
  await a.expectStatus(order, 'pending');
  await expect.poll(() => desktop.trays[0]?.picture).toBe('live');
  const struck = await sounds.strikes();
  // Longer than the bell's pause.
  await b.page.waitForTimeout(4_000);
  expect(await sounds.strikes()).toBe(struck);
});

test('7. Lid closed and opened: the link is checked at once', async ({ link, shop, openShell }) => {
  const shell = await openShell(link.url);
  // As a router does: the connection is gone, but this end does not know.
  await link.freeze();
  shell.electron.powerMonitor.emit('resume');
  await expect.poll(() => shell.trays[0]?.picture, { timeout: 3_000 }).not.toBe('live');
  await link.repair();
  shell.electron.powerMonitor.emit('resume');
  await expect.poll(() => shell.trays[0]?.picture, { timeout: 20_000 }).toBe('live');
  await shop.order({ number: '117' });
  await expect.poll(() => shell.notifications.shown.map(({ title }) => title)).toEqual(['New order 117']);
});

test('8. Clock two hours off either way: ages right, never negative', async ({ shop, openDisplay }) => {
  const orders = {
    normal: await shop.order({ placedAt: minutesAgo(0) }),
    warning: await shop.order({ placedAt: minutesAgo(6) }),
    late: await shop.order({ placedAt: minutesAgo(12) }),
  };
  for (const ms of [2 * HOUR_MS, -2 * HOUR_MS]) {
    const screen = await openDisplay({ name: `Off by ${ms}`, clockAheadMs: ms });
    for (const [band, order] of Object.entries(orders)) {
      const age = screen.ticket(order).getByTestId('ticket-age');
      await expect(screen.ticket(order)).toHaveAttribute('data-age', band);
      // Compares the shown age with the true one: seconds since the order was placed.
      const shown = /(\d+):(\d\d)/.exec((await age.textContent()) ?? '');
      const seconds = Number(shown?.[1]) * 60 + Number(shown?.[2]);
      expect(Math.abs(seconds - (Date.now() - Date.parse(order.placedAt)) / 1_000)).toBeLessThan(5);
      await expect(age).not.toHaveText(/[-−]/);
    }
  }
});

test('10. No sound device: a warning stays on the screen', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  await screen.page.addInitScript(() => {
    window.AudioContext = class {
      constructor() {
        throw new DOMException('no audio output device', 'NotSupportedError');
      }
    } as unknown as typeof AudioContext;
  });
  await screen.page.reload();
  const warning = screen.page.getByText('New orders do not ring here.');
  await expect(warning).toBeVisible();
  const order = await shop.order();
  await screen.expectAlarm(true);
  await screen.bump(order);
  await screen.expectAlarm(false);
  await screen.page.mouse.click(2, 2);
  await screen.expectLink('live');
  await expect(warning).toBeVisible();
});

test('11. Full screen with focus assist on: the alarm inside the app still works', async ({
  server,
  shop,
  openDisplay,
  openShell,
}) => {
  const desktop = await openShell(server.url, { notifications: 'mute' });
  const screen = await openDisplay();
  const sounds = await listenTo(screen.page);
  await screen.expectLink('live');
  await screen.page.evaluate(() => document.documentElement.requestFullscreen());
  await shop.order();
  await expect.poll(() => desktop.notifications.asked.length).toBe(1);
  expect(desktop.notifications.shown).toEqual([]);
  await expect.poll(() => desktop.trays[0]?.picture).toBe('alarm');
  await screen.expectAlarm(true);
  await expect(screen.page.getByRole('button', { name: 'I have seen it' })).toBeVisible();
  await expect.poll(sounds.strikes).toBeGreaterThan(0);
  const before = await sounds.strikes();
  await expect.poll(sounds.strikes, { timeout: 10_000 }).toBeGreaterThan(before);
});
