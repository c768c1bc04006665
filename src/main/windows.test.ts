import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#contract/settings.ts';
import { chooseFrom, entriesOf, pressIn } from '#test/support/electron/fake-menu.ts';
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
    await quit(shell);
    const again = await startShell({ userData: shell.userData });
    expect(again.windows[0]?.bounds).toEqual(MOVED);
  });

  test.each(['linux', 'win32', 'darwin'] as const)(
    'on %s stays full screen, also after a restart',
    async (platform) => {
      const shell = await startShell({}, {}, platform);
      await shownIn(shell);
      const fullScreen = platform === 'darwin' ? 'Ctrl+Command+F' : 'F11';
      shell.windows[0]?.look();
      expect(pressIn(shell.menus.application, fullScreen)).toBe(true);
      await vi.waitFor(() => expect(shell.windows[0]?.fullScreen).toBe(true));
      const pushed = new Promise((resolve) => bridgeOf(shell).onPush((name) => name === 'status' && resolve(name)));
      await set(shell, { volume: 0.2 });
      await pushed;
      expect(shell.windows[0]?.fullScreen).toBe(true);
      await quit(shell);
      const again = await startShell({ userData: shell.userData }, {}, platform);
      await vi.waitFor(() => expect(again.windows[0]).toMatchObject({ fullScreen: true, flashed: false }), WAIT);
    },
  );

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
    await vi.waitFor(() => expect(entry(shell, 'Larger')).toBeDefined(), WAIT);
    choose(shell, 'Larger');
    choose(shell, 'Larger');
    await vi.waitFor(async () => expect(await zoomOf(shell)).toBe(1.2), WAIT);
    shell.windows[0]?.contents.emit('zoom-changed', {}, 'out');
    await vi.waitFor(async () => expect(await zoomOf(shell)).toBe(1.1), WAIT);
    choose(shell, 'Actual size');
    await vi.waitFor(async () => expect(await zoomOf(shell)).toBe(1), WAIT);
  });

  test('grows with Ctrl and the key of the plus sign, with and without Shift', async () => {
    const shell = await startShell();
    await vi.waitFor(() => expect(entry(shell, 'Larger')).toBeDefined(), WAIT);
    for (const keys of ['CmdOrCtrl+Plus', 'CmdOrCtrl+='])
      expect(pressIn(shell.menus.application, keys), keys).toBe(true);
    await vi.waitFor(async () => expect(await zoomOf(shell)).toBe(1.2), WAIT);
  });
});

const zoomOf = async (shell: Shell) => {
  const answer = await bridgeOf(shell).call('getStatus', null);
  return answer.ok && (answer.value as { settings: Settings }).settings.zoom;
};
const shownIn = (shell: Shell) => vi.waitFor(() => expect(shell.windows[0]?.shown).toBe(true), WAIT);
const entry = (shell: Shell, label: string) => entriesOf(shell.menus.application).find((one) => one.label === label);
const choose = (shell: Shell, label: string) => chooseFrom(shell.menus.application, label);
