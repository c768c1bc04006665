import { expect } from '@playwright/test';
import { fakeDownload } from '#test/support/electron/fake-download.ts';
import { chooseFrom } from '#test/support/electron/fake-menu.ts';
import { test } from './support/desktop.ts';

/** The installed app: the real shell on the Electron fake, and its real page in Chromium. */
test.describe.configure({ timeout: 180_000 });

test('a click on a notification opens its order, wherever its ticket is', async ({
  server,
  shop,
  openShell,
  openWindow,
}) => {
  const shell = await openShell(server.url);
  const screen = await openWindow(shell);
  const order = await shop.order({ number: '117' });
  await screen.expectStatus(order, 'pending');
  await expect.poll(() => shell.notifications.shown.length, { timeout: 20_000 }).toBe(1);
  await screen.page.getByRole('button', { name: /^Settings/ }).click();
  shell.notifications.shown[0]?.click();
  const sheet = screen.page.getByRole('dialog');
  await expect(sheet).toHaveCount(1);
  await expect(sheet).toContainText('117');
  await expect(sheet).toContainText('Khachapuri');
  await expect(sheet).not.toContainText('Settings');
});

test('an order is printed without a dialog; a file says where it was saved', async ({
  server,
  shop,
  openShell,
  openWindow,
}) => {
  const shell = await openShell(server.url);
  const screen = await openWindow(shell);
  const order = await shop.order({ number: '117' });
  await screen.more(order);
  await screen.mark('print').click();
  await expect.poll(() => shell.windows[0]).toMatchObject({ printed: 1, dialog: null });
  const page = shell.windows[0]?.contents as NonNullable<(typeof shell.windows)[0]>['contents'];
  const download = fakeDownload(shell.electron.session.defaultSession, page, 'queue.json');
  download.end('completed');
  await expect(screen.page.getByTestId('toast').filter({ hasText: 'Saved' })).toContainText(download.path);
});

test('a pairing link fills in the form and pairs nothing; cancelling returns to the board', async ({
  server,
  openShell,
  openWindow,
}) => {
  const shell = await openShell(server.url);
  const screen = await openWindow(shell);
  await screen.expectLink('live');
  const link = 'ticketrail://pair?server=https://orders.example&code=AB12CD';
  shell.electron.app.emit('second-instance', {}, ['ticketrail', link], '/', null);
  const form = screen.mark('first-run');
  await expect(form.locator('[name=server]')).toHaveValue('https://orders.example');
  await expect(form.locator('[name=code]')).toHaveValue('AB12CD');
  await form.getByRole('button', { name: 'Stay with this server' }).click();
  await screen.expectLink('live');
});

test('a second window shows another station’s work and nothing else', async ({
  server,
  shop,
  openShell,
  openWindow,
}) => {
  const shell = await openShell(server.url);
  const screen = await openWindow(shell);
  const call = (name: string, input: unknown) =>
    screen.page.evaluate(
      ([name, input]) =>
        (globalThis as unknown as { bridge: { call(...args: unknown[]): unknown } }).bridge.call(name, input),
      [name, input],
    );
  const stations = [{ id: 'bar', name: 'The bar', stations: [], names: ['Tea'] }];
  expect(await call('changeSettings', { stations })).toMatchObject({ ok: true });
  const items = [
    { name: 'Khachapuri', quantity: 1 },
    { name: 'Tea', quantity: 2 },
  ];
  const order = await shop.order({ status: 'preparing', items });
  await screen.expectStatus(order, 'preparing');

  const labels = () => JSON.stringify(shell.menus.application);
  await expect.poll(labels).toContain('The bar');
  chooseFrom(shell.menus.application, 'The bar');
  const bar = await openWindow(shell, 1);
  await expect(bar.ticket(order).getByTestId('ticket-item')).toHaveText([/Tea/]);
  await expect(bar.page.getByTestId('screen-name')).toHaveText('The bar');
  await expect(screen.ticket(order).getByTestId('ticket-item')).toHaveCount(2);
});

test('on a desktop without a tray, the settings opened from the menu say so', async ({
  server,
  openShell,
  openWindow,
}) => {
  const shell = await openShell(server.url, { trayHost: false, notifications: 'failed' });
  const screen = await openWindow(shell);
  await screen.expectLink('live');
  chooseFrom(shell.menus.application, 'Settings');
  const found = screen.page.getByTestId('desktop-state');
  await expect(screen.page.getByRole('dialog')).toHaveCount(1);
  await screen.page.getByRole('dialog').getByRole('button', { name: 'Desktop app' }).click();
  await expect(found).toContainText('This desktop has no tray');
});
