import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#contract/settings.ts';
import { fakeDownload } from '#test/support/electron/fake-download.ts';
import type { FakeElectronOptions } from '#test/support/electron/fake-electron.ts';
import { chooseFrom, entriesOf, pressIn } from '#test/support/electron/fake-menu.ts';
import { WAIT } from '#test/support/electron/linked-shell.ts';
import { bridgeOf, quit, startShell } from '#test/support/electron/start-shell.ts';

type Shell = Awaited<ReturnType<typeof startShell>>;
const desktop = (change: Partial<Settings['desktop']>) => ({ desktop: { ...DEFAULT_SETTINGS.desktop, ...change } });
const set = async (shell: Shell, patch: object) =>
  expect(await bridgeOf(shell).call('changeSettings', patch)).toMatchObject({ ok: true });
const entry = (shell: Shell, label: string) => entriesOf(shell.menus.application).find((one) => one.label === label);
/** Long enough for whatever the shell undoes at once. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));
const OVEN = { id: 'oven', name: 'Oven', stations: ['oven'], names: [] };

async function startKiosk(over: Partial<FakeElectronOptions> = {}, platform?: NodeJS.Platform) {
  const shell = await startShell(over, {}, platform);
  await set(shell, { stations: [OVEN], ...desktop({ kiosk: true }) });
  await vi.waitFor(() => expect(shell.windows[0]).toMatchObject({ shown: true, fullScreen: true }), WAIT);
  return shell;
}

async function startLocked(over: Partial<FakeElectronOptions> = {}, platform?: NodeJS.Platform) {
  const shell = await startKiosk(over, platform);
  const bridge = bridgeOf(shell);
  expect(await bridge.call('setPin', { pin: '2468' })).toMatchObject({ ok: true });
  expect(await bridge.call('lock', null)).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(entry(shell, 'Quit')?.enabled).toBe(false), WAIT);
  return { shell, bridge };
}

describe('a kiosk', () => {
  test.each(['linux', 'win32', 'darwin'] as const)(
    'on %s fills the screen from its first paint, and leaves the window as it was before',
    async (platform) => {
      const shell = await startKiosk({}, platform);
      await quit(shell);
      const again = await startShell({ userData: shell.userData }, {}, platform);
      await vi.waitFor(() => expect(again.windows[0]).toMatchObject({ fullScreen: true, flashed: false }), WAIT);
      await set(again, desktop({ kiosk: false }));
      await vi.waitFor(() => expect(again.windows[0]?.fullScreen).toBe(false), WAIT);
    },
  );

  test.each(['linux', 'win32', 'darwin'] as const)(
    'on %s leaves a window full screen that was so before, also after a restart in between',
    async (platform) => {
      const shell = await startShell({}, {}, platform);
      await vi.waitFor(() => expect(shell.windows[0]?.shown).toBe(true), WAIT);
      shell.electron.BrowserWindow.getAllWindows()[0]?.setFullScreen(true);
      await vi.waitFor(() => expect(shell.windows[0]?.fullScreen).toBe(true), WAIT);
      for (const kiosk of [true, false, true]) {
        await set(shell, desktop({ kiosk }));
        await aMoment();
        expect(shell.windows[0]?.fullScreen).toBe(true);
      }
      await quit(shell);
      const again = await startShell({ userData: shell.userData }, {}, platform);
      await vi.waitFor(() => expect(again.windows[0]?.fullScreen).toBe(true), WAIT);
      await set(again, desktop({ kiosk: false }));
      await aMoment();
      expect(again.windows[0]?.fullScreen).toBe(true);
      again.electron.BrowserWindow.getAllWindows()[0]?.setFullScreen(false);
      await vi.waitFor(() => expect(again.windows[0]?.fullScreen).toBe(false), WAIT);
      expect(again.windows[0]?.area()).toEqual({ x: 320, y: 120, width: 1280, height: 800 });
    },
  );

  test('fills a window that is made later, and one that was hidden', async () => {
    const shell = await startShell();
    await set(shell, { stations: [OVEN] });
    await vi.waitFor(() => expect(shell.trays[0]).toBeDefined(), WAIT);
    await vi.waitFor(() => expect(entry(shell, 'Oven')?.enabled).toBe(true), WAIT);
    await vi.waitFor(() => expect(shell.windows[0]?.shown).toBe(true), WAIT);
    expect(shell.windows[0]?.close()).toBe(false);
    await set(shell, desktop({ kiosk: true }));
    await aMoment();
    expect(shell.windows[0]?.shown).toBe(false);
    chooseFrom(shell.menus.application, 'Oven');
    shell.electron.app.emit('second-instance', {}, ['ticketrail'], '/', null);
    for (const at of [0, 1])
      await vi.waitFor(() => expect(shell.windows[at]).toMatchObject({ fullScreen: true, flashed: false }), WAIT);
  });

  test.each(['linux', 'win32'] as const)(
    'on %s comes back when the system makes its window smaller',
    async (platform) => {
      const { shell } = await startLocked({}, platform);
      const [window] = shell.electron.BrowserWindow.getAllWindows();
      window?.setFullScreen(false);
      await vi.waitFor(() => expect(shell.windows[0]?.fullScreen).toBe(true));
      window?.minimize();
      await vi.waitFor(() => expect(shell.windows[0]?.minimized).toBe(false));
    },
  );

  test('ends by its setting, which the PIN protects', async () => {
    const { shell, bridge } = await startLocked();
    expect(await bridge.call('changeSettings', desktop({ kiosk: false }))).toMatchObject({ ok: false });
    await aMoment();
    expect(shell.windows[0]?.fullScreen).toBe(true);
    expect(await bridge.call('unlock', { pin: '2468' })).toMatchObject({ ok: true, value: { unlocked: true } });
    await set(shell, desktop({ kiosk: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.fullScreen).toBe(false), WAIT);
  });

  test('without a PIN can be closed', async () => {
    const shell = await startShell();
    await set(shell, desktop({ kiosk: true, closeToTray: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.fullScreen).toBe(true), WAIT);
    expect(shell.windows[0]?.close()).toBe(true);
  });
});

describe('out of a locked kiosk leads', () => {
  test('no closing, no quitting, no link to another server; a shutdown still ends it', async () => {
    const { shell } = await startLocked();
    expect(shell.windows[0]?.close()).toBe(false);
    expect(shell.windows[0]).toMatchObject({ shown: true, minimized: false });
    const sent: unknown[] = [];
    bridgeOf(shell).onPush((name, payload) => name === 'goTo' && sent.push(payload));
    for (const link of ['ticketrail://pair?server=https://orders.example', 'ticketrail://order/a'])
      shell.electron.app.emit('second-instance', {}, ['ticketrail', link], '/', null);
    expect(sent).toEqual([{ to: 'order', orderId: 'a' }]);
    shell.electron.powerMonitor.emit('shutdown', { preventDefault: () => {} });
    await vi.waitFor(() => expect(shell.state.exitCode).toBe(0), WAIT);
  });

  test.each(['linux', 'win32', 'darwin'] as const)('no entry and no key of the menu on %s', async (platform) => {
    const { shell } = await startLocked({}, platform);
    const entries = entriesOf(shell.menus.application);
    for (const label of ['Quit', 'Full screen', 'Minimise', 'Close window', 'New window', 'All orders', 'Oven'])
      expect(entry(shell, label)?.enabled, label).toBe(false);
    shell.windows[0]?.look();
    for (const { accelerator } of entries) if (accelerator) pressIn(shell.menus.application, String(accelerator));
    await aMoment();
    expect(shell.state.exitCode).toBeNull();
    expect(shell.windows).toMatchObject([{ shown: true, minimized: false, fullScreen: true }]);
  });

  test('no new window, no other page, no dropped file, no permission', async () => {
    const { shell } = await startLocked();
    const { contents, openHandler } = shell.windows[0] ?? {};
    // A middle click, Ctrl or Shift and a click, and `window.open` all arrive here.
    for (const disposition of ['background-tab', 'foreground-tab', 'new-window'])
      expect(openHandler?.({ url: 'https://evil.example/', disposition } as never)).toEqual({ action: 'deny' });
    for (const url of ['file:///home/cook/order.pdf', 'https://evil.example/', 'mailto:a@b', 'tel:1']) {
      const preventDefault = vi.fn();
      contents?.emit('will-frame-navigate', { url, preventDefault });
      expect(preventDefault, url).toHaveBeenCalled();
    }
    const decide = vi.fn();
    for (const permission of ['openExternal', 'fullscreen', 'fileSystem', 'pointerLock'] as const)
      shell.permissions.asked.request?.({} as never, permission, decide, {} as never);
    expect(decide.mock.calls.flat()).toEqual([false, false, false, false]);
  });

  test('no developer tools in a package', async () => {
    const { shell } = await startLocked();
    expect(shell.windows[0]?.options.webPreferences?.devTools).toBe(false);
    expect(entriesOf(shell.menus.application).filter(({ role }) => role === 'toggleDevTools')).toEqual([]);
  });

  test('no dialog for printing: the page prints on the default printer, and stays alive', async () => {
    const { shell, bridge } = await startLocked();
    expect(await bridge.call('print', { silent: false })).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(await bridge.call('print', null)).toEqual({ ok: true, value: null });
    expect(shell.windows[0]).toMatchObject({ printed: 1, dialog: null });
    await expect(shell.windows[0]?.contents.executeJavaScript('0')).resolves.toBe(0);
  });

  test('no dialog for saving a file', async () => {
    const { shell } = await startLocked();
    const page = shell.windows[0]?.contents as never;
    const download = fakeDownload(shell.electron.session.defaultSession, page, 'ticketrail-history.jsonl');
    expect(download).toMatchObject({ asked: false, cancelled: false });
  });
});
