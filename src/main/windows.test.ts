import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#contract/settings.ts';
import { chooseFrom, entriesOf } from '#test/support/electron/fake-menu.ts';
import { linkedShell, WAIT } from '#test/support/electron/linked-shell.ts';
import { bridgeOf, quit, startShell } from '#test/support/electron/start-shell.ts';

type Shell = Awaited<ReturnType<typeof startShell>>;
const desktop = (change: Partial<Settings['desktop']>) => ({ desktop: { ...DEFAULT_SETTINGS.desktop, ...change } });
const set = async (shell: Shell, patch: object) =>
  expect(await bridgeOf(shell).call('changeSettings', patch)).toMatchObject({ ok: true });
const STATIONS = [
  { id: 'oven', name: 'Oven', stations: ['oven'], names: [] },
  { id: 'bar', name: 'Bar', stations: [], names: ['Tea'] },
];
const MOVED = { x: 100, y: 60, width: 900, height: 700 };

describe('a window', () => {
  test('opens in the middle at first, and then at its last place', async () => {
    const shell = await startShell();
    expect(shell.windows[0]?.bounds).toEqual({ x: 320, y: 120, width: 1280, height: 800 });
    shell.windows[0]?.move(MOVED);
    Object.assign(shell.windows[0] ?? {}, { fullScreen: true });
    await quit(shell);
    const again = await startShell({ userData: shell.userData });
    expect(again.windows[0]).toMatchObject({ bounds: MOVED, fullScreen: true });
  });

  test('saves its place shortly after a move, before any quit', async () => {
    const shell = await startShell();
    shell.windows[0]?.move(MOVED);
    const kept = () => JSON.parse(readFileSync(join(shell.userData, 'windows.json'), 'utf8')).windows[0].bounds;
    await vi.waitFor(() => expect(kept()).toEqual(MOVED), WAIT);
  });

  test('opens on a connected monitor', async () => {
    const shell = await startShell();
    shell.machine.monitors.push({ x: 1920, y: 0, width: 1280, height: 1024 });
    shell.windows[0]?.move({ ...MOVED, x: 2000 });
    await quit(shell);
    const again = await startShell({ userData: shell.userData });
    expect(again.windows[0]?.bounds).toEqual({ x: 510, y: 170, width: 900, height: 700 });
  });

  test.each(['', 'x', '{"windows":[{"station":null,"bounds":{"x":1e9}}]}'])(
    'opens in the middle if windows.json is damaged (%j)',
    async (text) => {
      const shell = await startShell();
      await quit(shell);
      writeFileSync(join(shell.userData, 'windows.json'), text);
      const again = await startShell({ userData: shell.userData });
      expect(again.windows[0]?.bounds).toEqual({ x: 320, y: 120, width: 1280, height: 800 });
    },
  );
});

describe('its close button', () => {
  test('ends the program if closeToTray is off', async () => {
    const shell = await startShell();
    await set(shell, desktop({ closeToTray: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.close()).toBe(true), WAIT);
    await vi.waitFor(() => expect(shell.state.exitCode).toBe(0), WAIT);
    expect((await startShell({ userData: shell.userData })).started).toBe(true);
  });

  test('hides it; a second start and the dock show it again, and quitting closes it', async () => {
    const { shell, status } = await linkedShell({}, 'darwin');
    await vi.waitFor(async () => expect((await status()).desktop?.tray).toBe('shown'), WAIT);
    shell.windows[0]?.close();
    shell.electron.app.emit('second-instance', {}, ['ticketrail'], '/', null);
    expect(shell.windows[0]).toMatchObject({ shown: true, focused: true });
    shell.windows[0]?.close();
    shell.electron.app.emit('activate', {}, false);
    expect(shell.windows).toMatchObject([{ shown: true }]);
    shell.windows[0]?.close();
    await quit(shell);
    expect(shell.windows).toEqual([]);
  });
});

describe('a kiosk', () => {
  const locked = async () => {
    const shell = await startShell();
    await set(shell, desktop({ kiosk: true }));
    const bridge = bridgeOf(shell);
    expect(await bridge.call('setPin', { pin: '2468' })).toMatchObject({ ok: true });
    expect(await bridge.call('lock', null)).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(shell.windows[0]?.kiosk).toBe(true), WAIT);
    const quitEntry = () => entry(shell, 'Quit');
    await vi.waitFor(() => expect(quitEntry()?.enabled).toBe(false), WAIT);
    return { shell, bridge };
  };

  test('fills every window, and ends by the setting, which the PIN protects', async () => {
    const { shell, bridge } = await locked();
    expect(await bridge.call('changeSettings', desktop({ kiosk: false }))).toMatchObject({ ok: false });
    expect(shell.windows[0]?.kiosk).toBe(true);
    expect(await bridge.call('unlock', { pin: '2468' })).toMatchObject({ ok: true, value: { unlocked: true } });
    await set(shell, desktop({ kiosk: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.kiosk).toBe(false), WAIT);
  });

  test('locked by its PIN cannot be closed, quit or left; a shutdown still ends it', async () => {
    const { shell } = await locked();
    expect(shell.windows[0]?.close()).toBe(false);
    expect(shell.windows[0]).toMatchObject({ shown: true, minimized: false });
    const sent: unknown[] = [];
    bridgeOf(shell).onPush((name, payload) => name === 'goTo' && sent.push(payload));
    for (const link of ['ticketrail://pair?server=https://orders.example', 'ticketrail://order/a'])
      shell.electron.app.emit('second-instance', {}, ['ticketrail', link], '/', null);
    expect(sent).toEqual([{ to: 'order', orderId: 'a' }]);
    for (const label of ['Quit', 'Full screen', 'Minimise', 'Close window', 'New window'])
      expect(entry(shell, label)?.enabled, label).toBe(false);
    shell.electron.powerMonitor.emit('shutdown', { preventDefault: () => {} });
    await vi.waitFor(() => expect(shell.state.exitCode).toBe(0), WAIT);
  });

  test('without a PIN can be closed', async () => {
    const shell = await startShell();
    await set(shell, desktop({ kiosk: true, closeToTray: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.kiosk).toBe(true), WAIT);
    expect(shell.windows[0]?.close()).toBe(true);
  });
});

describe('a second window', () => {
  test('shows another station by its URL, with the same core, and reopens at its last place', async () => {
    const shell = await startShell();
    await set(shell, { stations: STATIONS });
    await vi.waitFor(() => expect(entry(shell, 'Oven')).toBeDefined(), WAIT);
    choose(shell, 'Oven');
    choose(shell, 'Bar');
    const urls = ['app://bundle/', 'app://bundle/?station=oven', 'app://bundle/?station=bar'];
    expect(shell.windows.map(({ url }) => url)).toEqual(urls);
    const inBoth = await Promise.all([0, 1].map((at) => bridgeOf(shell, undefined, at).call('getStatus', null)));
    expect(inBoth).toMatchObject([{ ok: true }, { ok: true }]);
    shell.windows[1]?.move(MOVED);
    await quit(shell);

    const again = await startShell({ userData: shell.userData });
    expect(again.windows.map(({ url }) => url)).toEqual(urls);
    expect(again.windows[1]?.bounds).toEqual(MOVED);
  });

  test('is silent while the first is open', async () => {
    const shell = await startShell();
    await set(shell, { stations: STATIONS, ...desktop({ closeToTray: false }) });
    await vi.waitFor(() => expect(entry(shell, 'Oven')).toBeDefined(), WAIT);
    choose(shell, 'Oven');
    expect(shell.windows.map(({ silent }) => silent)).toEqual([false, true]);
    expect(shell.windows[0]?.close()).toBe(true);
    expect(shell.windows.map(({ silent }) => silent)).toEqual([false]);
  });

  test('opens once; after a close it stays closed, and keeps its place', async () => {
    const shell = await startShell();
    await set(shell, { stations: STATIONS });
    await vi.waitFor(() => expect(entry(shell, 'Oven')).toBeDefined(), WAIT);
    choose(shell, 'Oven');
    choose(shell, 'Oven');
    expect(shell.windows).toHaveLength(2);
    shell.windows[1]?.move(MOVED);
    expect(shell.windows[1]?.close()).toBe(true);
    await quit(shell);
    const again = await startShell({ userData: shell.userData });
    expect(again.windows).toHaveLength(1);
    await vi.waitFor(() => expect(entry(again, 'Oven')).toBeDefined(), WAIT);
    choose(again, 'Oven');
    expect(again.windows[1]?.bounds).toEqual(MOVED);
  });
});

describe('the zoom', () => {
  test('is a setting that menu and wheel change', async () => {
    const shell = await startShell();
    const zoom = async () => {
      const answer = await bridgeOf(shell).call('getStatus', null);
      return answer.ok && (answer.value as { settings: Settings }).settings.zoom;
    };
    await vi.waitFor(() => expect(entry(shell, 'Larger')).toBeDefined(), WAIT);
    choose(shell, 'Larger');
    choose(shell, 'Larger');
    await vi.waitFor(async () => expect(await zoom()).toBe(1.2), WAIT);
    shell.windows[0]?.contents.emit('zoom-changed', {}, 'out');
    await vi.waitFor(async () => expect(await zoom()).toBe(1.1), WAIT);
    choose(shell, 'Actual size');
    await vi.waitFor(async () => expect(await zoom()).toBe(1), WAIT);
    shell.windows[0]?.look();
    choose(shell, 'Full screen');
    expect(shell.windows[0]?.fullScreen).toBe(true);
  });
});

const entry = (shell: Shell, label: string) => entriesOf(shell.menus.application).find((one) => one.label === label);
const choose = (shell: Shell, label: string) => chooseFrom(shell.menus.application, label);
