import { expect } from '@playwright/test';
import type { SettingsPatch } from '#contract/settings.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';
import { screenOf } from './support/screen.ts';

const STATIONS: SettingsPatch = {
  stations: [
    { id: 'oven', name: 'Oven', stations: ['bakery'], names: ['khachapuri'] },
    { id: 'grill', name: 'Grill', stations: [], names: ['mtsvadi'] },
  ],
};
const OVEN: SettingsPatch = { ...STATIONS, screen: 'station', stationId: 'oven' };
const MIXED = [
  { id: 'k', name: 'Khachapuri Adjaruli', quantity: 2 },
  { id: 'l', name: 'Lobiani', quantity: 1, station: 'Bakery' },
  { id: 'm', name: 'Mtsvadi, large', quantity: 3 },
];
const itemsOf = (order: { items: { id: string; done: boolean }[] }) =>
  Object.fromEntries(order.items.map(({ id, done }) => [id, done]));

test('a station sees only its own items; its bump ticks them off and the ticket leaves; recall brings it back', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ settings: OVEN });
  await expect(screen.mark('screen-name')).toHaveText('Oven');
  await expect(screen.mark('board')).toContainText('Nothing to make at Oven');
  const order = await shop.order({ status: 'preparing', items: MIXED });
  const foreign = await shop.order({ items: [{ id: 'm', name: 'Mtsvadi', quantity: 1 }] });
  const ticket = screen.ticket(order);
  await expect(ticket.getByTestId('ticket-item')).toHaveText([/Khachapuri/, /Lobiani/]);
  await expect(screen.ticket(foreign)).toHaveCount(0);
  // New orders ring at every station.
  await screen.expectAlarm(true);

  await expect(ticket.getByTestId('ticket-action')).toHaveText('Done');
  await screen.bump(order);
  await expect(ticket).toHaveCount(0);
  await expect.poll(async () => itemsOf(await shop.read(order))).toEqual({ k: true, l: true, m: false });
  expect((await shop.read(order)).status).toBe('preparing');

  await screen.page.locator('[data-view=done]').click();
  await screen.recall(order);
  await screen.page.locator('[data-view=open]').click();
  await expect(ticket).toBeVisible();
  await expect.poll(async () => itemsOf(await shop.read(order))).toEqual({ k: false, l: false, m: false });
});

test('an order that loses all items of a station stays there, with their names, until that is seen', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ settings: OVEN });
  const order = await shop.order({ status: 'preparing', items: MIXED });
  const ticket = screen.ticket(order);
  await expect(ticket).toBeVisible();
  await shop.patch(order, { items: MIXED.filter(({ id }) => id === 'm') });
  await expect(ticket.getByTestId('ticket-changes')).toContainText('Khachapuri Adjaruli');
  await expect(ticket.getByTestId('ticket-changes')).toContainText('Lobiani');
  await expect(ticket.getByTestId('ticket-item')).toHaveCount(0);
  await ticket.getByTestId('ticket-changes').click();
  await expect(ticket).toHaveCount(0);
});

test('the expo shows the progress of each station, and says in words and green when everything is prepared', async ({
  shop,
  openDisplay,
}) => {
  const order = await shop.order({ status: 'preparing', items: MIXED });
  const screen = await openDisplay({
    settings: { ...STATIONS, screen: 'expo', expoHold: true, autoAdvance: false },
  });
  await expect(screen.mark('screen-name')).toHaveText('Expo');
  const ticket = screen.ticket(order);
  await expect(ticket.getByTestId('prep')).toHaveText(/Oven\s*0\/2.*Grill\s*0\/1/);

  await expect(ticket.getByTestId('ticket-action')).toHaveText('Waits for prep');
  await screen.bump(order);
  await expect(screen.mark('toast')).toContainText('waits until all of it is done');
  expect((await shop.read(order)).status).toBe('preparing');

  for (const item of await ticket.getByTestId('ticket-item').all()) await item.click();
  await expect(ticket.getByTestId('prep')).toHaveText('All prep done');
  const green = await ticket.getByTestId('prep').evaluate((line) => getComputedStyle(line).backgroundColor);
  await expect(ticket.getByTestId('ticket-head')).toHaveCSS('background-color', green);
  await screen.bump(order);
  await screen.expectStatus(order, 'ready');
});

test('an address shows another station on a second tablet, and its key leaves the address bar', async ({
  host,
  shop,
  openDisplay,
}) => {
  test.skip(host === 'electron', 'tablets open the browser host');
  const order = await shop.order({ status: 'preparing', items: MIXED });
  const screen = await openDisplay({ settings: STATIONS });
  await expect(screen.ticket(order).getByTestId('ticket-item')).toHaveCount(3);

  const tablet = screenOf(await screen.page.context().newPage());
  await tablet.page.goto(`${new URL(screen.page.url()).origin}/?station=grill`);
  await expect(tablet.mark('screen-name')).toHaveText('Grill');
  await expect(tablet.ticket(order).getByTestId('ticket-item')).toHaveText([/Mtsvadi/]);
  await tablet.bump(order);
  await expect(tablet.ticket(order)).toHaveCount(0);
  await expect(screen.ticket(order).getByTestId('ticket-item').last()).toHaveAttribute('data-done', 'true');

  await tablet.page.goto(`${new URL(screen.page.url()).origin}/?screen=expo`);
  await expect(tablet.ticket(order).getByTestId('prep')).toHaveText(/Oven\s*0\/2.*Grill\s*1\/1/);
});

const OF_STORE = [
  { id: 'oven', name: 'Oven', match: { names: ['khachapuri', 'lobiani'] } },
  { id: 'bar', name: 'Bar', match: { sources: ['web'] } },
  { id: 'pass', name: 'Pass', match: {}, expo: true },
];

test('[section 13] the stations of the shop are on every screen, also after kill -9 without a server', async ({
  server,
  shop,
  openDisplay,
}) => {
  await shop.configure({ stations: OF_STORE });
  const order = await shop.order({ status: 'preparing', items: MIXED });
  const screen = await openDisplay({ ownProcess: true, settings: { screen: 'station', stationId: 'bar' } });
  await expect(screen.mark('screen-name')).toHaveText('Bar');
  // By the source of the order.
  await expect(screen.ticket(order).getByTestId('ticket-item')).toHaveText([/Mtsvadi/]);
  const expo = await openDisplay({ name: 'Expo', settings: { screen: 'station', stationId: 'pass' } });
  await expect(expo.mark('screen-name')).toHaveText('Pass');
  await expect(expo.ticket(order).getByTestId('prep')).toHaveText(/Oven\s*0\/2.*Bar\s*0\/1/);

  await screen.page.getByTestId('settings').click();
  await screen.page.locator('[data-section=stations]').click();
  await expect(screen.mark('store-stations')).toContainText('Change them on the admin page');
  await expect(screen.mark('add-station')).toHaveCount(0);
  await expect(screen.page.getByRole('radio', { name: 'Bar' })).toBeChecked();
  await screen.page.keyboard.press('Escape');

  await server.stop('SIGKILL');
  await screen.powerCut();
  await expect(screen.mark('screen-name')).toHaveText('Bar');
  await expect(screen.ticket(order).getByTestId('ticket-item')).toHaveText([/Mtsvadi/]);
});

test('a screen keeps its station when the shop gets stations, and learns of them when it connects', async ({
  link,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({
    serverUrl: link.url,
    settings: { ...STATIONS, screen: 'station', stationId: 'grill' },
  });
  await screen.expectLink('live');
  await link.cut();
  await shop.configure({ stations: [{ id: 's1', name: 'OVEN', match: { names: ['khachapuri'] } }] });
  await link.repair();
  await screen.page.getByTestId('settings').click();
  await screen.page.locator('[data-section=stations]').click();
  await expect(screen.mark('store-stations')).toBeVisible();
  await expect(screen.mark('screen-name')).toHaveText('Grill');
  await shop.configure({ stations: [{ id: 's2', name: 'grill', match: { names: ['mtsvadi'] } }] });
  await link.cut();
  await link.repair();
  await expect(screen.mark('screen-name')).toHaveText('grill');
});

test('a dish that belongs to no station is marked at every station and at the expo, and ticked off apart', async ({
  shop,
  openDisplay,
}) => {
  const oven = { id: 'oven', name: 'Oven', match: { stations: ['bakery'], names: ['khachapuri'] } };
  await shop.configure({ stations: [oven, { id: 'grill', name: 'Grill', match: { names: ['mtsvadi'] } }] });
  const screen = await openDisplay({ settings: { screen: 'station', stationId: 'oven' } });
  const lemonade = { id: 't', name: 'Tarragon lemonade', quantity: 1 };
  const order = await shop.order({ status: 'preparing', items: [...MIXED, lemonade] });
  const alone = await shop.order({ status: 'preparing', items: [lemonade] });
  const ticket = screen.ticket(order);
  await expect(ticket.getByTestId('ticket-item')).toHaveText([/Khachapuri/, /Lobiani/, /lemonade.*No station/]);
  await expect(ticket.getByTestId('no-station')).toHaveCount(1);
  await expect(screen.ticket(alone)).toContainText('No station');
  await screen.page.getByTestId('settings').click();
  await screen.page.locator('[data-section=stations]').click();
  await expect(screen.mark('no-station-dishes')).toHaveText('No station: Tarragon lemonade');
  await screen.page.keyboard.press('Escape');

  // The first bump is for the own work; nobody ticks off unawares what another may be making.
  await screen.bump(order);
  await expect.poll(async () => itemsOf(await shop.read(order))).toEqual({ k: true, l: true, m: false, t: false });
  await expect(ticket).toBeVisible();
  await changeSettings(screen.page, { screen: 'expo' });
  await expect(ticket.getByTestId('no-station')).toHaveCount(1);
  await changeSettings(screen.page, { screen: 'station' });
  await screen.bump(order);
  await expect.poll(async () => itemsOf(await shop.read(order))).toEqual({ k: true, l: true, m: false, t: true });
  await expect(ticket).toHaveCount(0);
});

test('[ADR 68] an item, or all that is left of an order, goes to another station by two taps, and back by undo', async ({
  shop,
  openDisplay,
}) => {
  await shop.configure({ stations: OF_STORE });
  const order = await shop.order({ status: 'preparing', items: MIXED });
  const oven = await openDisplay({ settings: { screen: 'station', stationId: 'oven' } });
  const bar = await openDisplay({ name: 'Bar', settings: { screen: 'station', stationId: 'bar' } });
  const items = (screen: typeof oven) => screen.ticket(order).getByTestId('ticket-item');
  await expect(items(bar)).toHaveText([/Mtsvadi/]);

  await oven.more(order);
  await oven.mark('send-item').click();
  await expect(oven.mark('send-to')).toHaveText(['Bar']);
  await oven.mark('send-to').click();
  await expect(items(oven)).toHaveText([/Lobiani/]);
  await expect(oven.mark('toast')).toContainText('sent to another station');
  await expect(items(bar)).toHaveText([/Khachapuri Adjaruli.*SENT HERE/, /Mtsvadi/]);
  await bar.ticket(order).getByTestId('ticket-changes').click();
  await expect(bar.ticket(order).getByTestId('item-mark')).toHaveCount(0);
  await expect(oven.ticket(order).getByTestId('ticket-changes')).toHaveCount(0);

  await oven.more(order);
  await oven.mark('send').click();
  await oven.mark('send-to').click();
  await expect(oven.ticket(order)).toHaveCount(0);
  await expect(items(bar)).toHaveCount(3);
  await oven.page.keyboard.press('u');
  await expect(items(oven)).toHaveText([/Lobiani/]);
  const stations = (await shop.read(order)).items.map(({ station }) => station);
  expect(stations).toEqual(['bar', 'Bakery', null]);
});

test('[ADR 68] nothing goes to a station that only this screen knows, nor what is done', async ({
  shop,
  openDisplay,
}) => {
  const own = await openDisplay({ settings: STATIONS });
  const order = await shop.order({ status: 'preparing', items: MIXED });
  await own.more(order);
  await expect(own.mark('sold-out').first()).toBeVisible();
  await expect(own.mark('send')).toHaveCount(0);
  await own.page.keyboard.press('Escape');
  await shop.configure({ stations: OF_STORE });
  const all = await openDisplay({ name: 'All' });
  await all.ticket(order).getByTestId('ticket-item').first().click();
  await all.more(order);
  await expect(all.page.getByTestId('send-item')).toHaveText([/^Oven/, /^Bar/]);
});
