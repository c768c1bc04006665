import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { choose } from './support/settings.ts';

const row = (page: Page, id: string) => page.locator(`[data-setting="${id}"]`);
const open = async (page: Page, section?: string): Promise<void> => {
  await page.getByTestId('settings').click();
  if (section) await page.locator(`[data-section=${section}]`).click();
};

test('a setting is found by a search in any language, changed, and reset to its default', async ({ openDisplay }) => {
  const { page } = await openDisplay();
  await open(page);
  await page.getByPlaceholder('Search the settings').fill('delivery red');
  const late = row(page, 'ages.delivery.lateMinutes');
  await expect(page.locator('[data-setting]')).toHaveCount(1);
  await late.getByRole('button', { name: /Larger$/ }).dblclick();
  await expect(late.getByRole('status')).toHaveText('11 min');
  await late.getByRole('button', { name: /Reset to default$/ }).click();
  await expect(late.getByRole('status')).toHaveText('10 min');
  await expect(late.getByRole('button', { name: /Reset to default$/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await choose(page, 'Español');
  await open(page);
  await page.getByRole('searchbox').fill('ningun ajuste asi');
  await expect(page.getByTestId('settings-dialog')).toContainText('No hay ningún ajuste así.');
  await page.getByRole('searchbox').fill('tamano');
  await expect(row(page, 'zoom')).toBeVisible();
});

/** Reloads the page; from then on everything reaches it later, ms. */
async function delayAnswers(page: Page, ms: number): Promise<void> {
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => void setTimeout(() => socket.send(message), ms));
  });
  await page.reload();
}

test('a PIN locks stations, times and server, but not the appearance; without one nothing is locked', async ({
  openDisplay,
}) => {
  const screen = await openDisplay({ ownProcess: true });
  const { page } = screen;
  await open(page, 'access');
  await page.getByLabel('PIN', { exact: true }).fill('2468');
  await page.getByRole('button', { name: 'Set PIN' }).click();
  await screen.mark('lock').click();
  await page.keyboard.press('Escape');
  await choose(page, 'Light');

  await screen.powerCut();
  const again = screen.page;
  await open(again, 'times');
  await expect(row(again, 'ages.pickup.lateMinutes').getByRole('button', { name: /Larger$/ })).toBeDisabled();
  await again.locator('[data-section=connection]').click();
  await expect(again.getByTestId('change-server')).toBeDisabled();
  const pin = again.getByTestId('unlock').getByLabel('PIN');
  await pin.fill('1111');
  await pin.press('Enter');
  await expect(again.getByTestId('unlock')).toContainText('That is not the PIN.');
  await pin.fill('2468');
  await pin.press('Enter');
  await expect(again.getByTestId('unlock')).toHaveCount(0);
  await expect(again.getByTestId('change-server')).toBeEnabled();
  await again.locator('[data-section=access]').click();
  await again.getByRole('button', { name: 'Remove PIN' }).click();
  await expect(again.getByRole('button', { name: 'Set PIN' })).toBeVisible();
});

test('settings go to another screen as a file; a file with a mistake is refused by name and changes nothing', async ({
  dir,
  openDisplay,
}) => {
  const one = await openDisplay();
  await choose(one.page, 'Light');
  await open(one.page, 'access');
  const { text } = await one.saved(() => one.mark('export-settings').click());
  expect(JSON.parse(text)).toMatchObject({ ticketrail: 'settings', settings: { theme: 'light' } });

  const other = await openDisplay({ name: 'Grill' });
  await open(other.page, 'access');
  const load = async (content: string): Promise<void> => {
    const path = join(dir, 'settings.json');
    await writeFile(path, content);
    await other.page.getByTestId('import-settings').setInputFiles(path);
  };
  const theme = () => other.page.evaluate(() => document.documentElement.dataset.theme);
  await load(text.replace('"pollSeconds": 30', '"pollSeconds": 1'));
  await expect(other.mark('file-said')).toHaveText('Nothing was changed. Wrong in the file: settings.pollSeconds');
  await load('not a file of ours');
  await expect(other.mark('file-said')).toContainText('not a file of settings');
  expect(await theme()).toBe('dark');
  await load(text);
  await expect(other.mark('file-said')).toHaveText('The settings were taken from the file.');
  expect(await theme()).toBe('light');
});

test('a station is set up on a slow screen, and a key is assigned another action', async ({ host, openDisplay }) => {
  const screen = await openDisplay();
  const { page } = screen;
  if (host === 'browser') await delayAnswers(page, 500);
  await open(page, 'stations');
  await screen.mark('add-station').click();
  const station = screen.mark('station');
  await station.getByLabel('Name', { exact: true }).fill('Grill');
  await station.getByLabel('Items whose name contains').fill('mtsvadi, แกง، کباب');
  await station.getByLabel('Items whose name contains').press('Enter');
  await expect(station.getByLabel('Items whose name contains')).toHaveValue('mtsvadi, แกง, کباب');
  await expect(station.getByRole('button', { name: 'Remove Grill' })).toBeVisible();
  await expect(page.getByText('What fits no station is shown at expo only.')).toBeVisible();

  await page.locator('[data-section=keys]').click();
  await expect(row(page, 'keys.profile')).toContainText('Key layout');
  const undo = row(page, 'keys.changed').getByRole('button', { name: /^Undo/ }).first();
  await undo.click();
  await page.keyboard.press('r');
  await expect(undo).toContainText('R');
  await expect(row(page, 'keys.changed')).toContainText('R is used by: Recall, Undo.');
  await row(page, 'keys.changed').getByRole('button', { name: 'Undo: Reset to default' }).click();
  await expect(undo).toContainText('U');
});

test('a test order rings on this screen only, can be completed and leaves; the server never receives it', async ({
  server,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const other = await openDisplay({ name: 'Grill' });
  const real = await shop.order({ status: 'preparing' });
  await screen.expectStatus(real, 'preparing');
  await open(screen.page, 'diagnosis');
  await screen.mark('test-order').click();
  const ticket = screen.page.getByTestId('ticket').filter({ hasText: 'TEST' });
  await expect(ticket).toHaveAttribute('data-status', 'pending');
  await screen.expectAlarm(true);
  for (const status of ['preparing', 'ready']) {
    await ticket.getByTestId('ticket-action').click();
    await expect(ticket).toHaveAttribute('data-status', status);
    await screen.expectAlarm(false);
  }
  await ticket.getByTestId('ticket-action').click();
  await expect(ticket).toHaveCount(0);
  await screen.expectQueue(0);
  await expect(other.page.getByTestId('ticket')).toHaveCount(1);
  const list = await fetch(`${server.url}/orders`, { headers: { authorization: `Bearer ${shop.token}` } });
  expect(await list.text()).not.toContain('TEST');
});

test('tickets carried over from the day leave this screen at the set time; it says so and can bring them back', async ({
  shop,
  openDisplay,
}) => {
  test.slow();
  const screen = await openDisplay({ ownProcess: true });
  const other = await openDisplay({ name: 'Grill' });
  const { page } = screen;
  const left = await shop.order({ status: 'preparing' });
  const unseen = await shop.order();
  await screen.expectStatus(left, 'preparing');
  await screen.expectStatus(unseen, 'pending');
  // A full minute in the store's time, far enough ahead for a slow machine; the next start clears the tickets.
  const next = Math.ceil((Date.now() + 10_000) / 60_000) * 60_000;
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Tbilisi' });
  await open(page, 'work');
  await row(page, 'endOfDay').getByRole('switch').click();
  await row(page, 'endOfDay').getByLabel('At', { exact: true }).fill(time.format(next));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(next + 1_000 - Date.now());
  await screen.powerCut();

  await expect(screen.mark('strip-left-over')).toContainText(`1 ticket from before ${time.format(next)} cleared`);
  await expect(screen.ticket(left)).toHaveCount(0);
  await screen.expectStatus(unseen, 'pending');
  await other.expectStatus(left, 'preparing');
  expect((await shop.read(left)).version).toBe(left.version);
  await screen.mark('strip-left-over').getByRole('button', { name: 'Show them' }).click();
  await screen.expectStatus(left, 'preparing');
  await expect(screen.mark('strip-left-over')).toHaveCount(0);
});

test('diagnosis: the connection, the form for another server, and an archive to save', async ({ openDisplay }) => {
  const screen = await openDisplay();
  await screen.expectLink('live');
  await open(screen.page, 'connection');
  const facts = screen.mark('connection-facts');
  for (const fact of ['Main kitchen', 'Live', 'right', 'http://127.0.0.1']) await expect(facts).toContainText(fact);
  await screen.mark('change-server').click();
  await expect(screen.mark('first-run')).toBeVisible();
  await screen.page.getByRole('button', { name: 'Stay with this server' }).click();
  await screen.expectLink('live');
  await open(screen.page, 'diagnosis');
  const diagnosis = await screen.saved(() => screen.mark('export-diagnosis').click());
  expect(diagnosis.name).toMatch(/\.zip$/);
});

test('the settings work by keys alone, on 800×480 and from right to left', async ({ openDisplay }) => {
  const { page } = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  const { keyboard } = page;
  await choose(page, 'العربية');
  await page.getByTestId('settings').focus();
  await keyboard.press('Enter');
  await expect(page.getByTestId('settings-dialog')).toBeVisible();
  const times = page.locator('[data-section=times]');
  const tabTo = async (target: Locator): Promise<void> => {
    for (let presses = 0; presses < 30; presses++) {
      if (await target.evaluate((one) => one.contains(document.activeElement))) return;
      await keyboard.press('Tab');
    }
  };
  await tabTo(times);
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  const first = row(page, 'ages.pickup.warningMinutes');
  await tabTo(first);
  await keyboard.press('Enter');
  await expect(first.getByRole('status')).toContainText('4.5');
  const body = page.getByTestId('settings-dialog');
  expect(await body.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  await keyboard.press('Escape');
  await expect(page.getByTestId('settings-dialog')).toHaveCount(0);
  await expect(page.getByTestId('settings')).toBeFocused();
});
