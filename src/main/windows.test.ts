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
  test('stands in the middle at first, and comes back where it was left', async () => {
    const shell = await startShell();
    expect(shell.windows[0]?.bounds).toEqual({ x: 320, y: 120, width: 1280, height: 800 });
    shell.windows[0]?.move(MOVED);
    Object.assign(shell.windows[0] ?? {}, { fullScreen: true });
    await quit(shell);
    const again = await startShell({ userData: shell.userData });
    expect(again.windows[0]).toMatchObject({ bounds: MOVED, fullScreen: true });
  });

  test('is kept a moment after it was moved: a till is switched off at the wall', async () => {
    const shell = await startShell();
    shell.windows[0]?.move(MOVED);
    const kept = () => JSON.parse(readFileSync(join(shell.userData, 'windows.json'), 'utf8')).windows[0].bounds;
    await vi.waitFor(() => expect(kept()).toEqual(MOVED), WAIT);
  });

  test('is brought onto a monitor that is there', async () => {
    const shell = await startShell();
    shell.machine.monitors.push({ x: 1920, y: 0, width: 1280, height: 1024 });
    shell.windows[0]?.move({ ...MOVED, x: 2000 });
    await quit(shell);
    const again = await startShell({ userData: shell.userData });
    expect(again.windows[0]?.bounds).toEqual({ x: 510, y: 170, width: 900, height: 700 });
  });

  test.each(['', 'x', '{"windows":[{"station":null,"bounds":{"x":1e9}}]}'])(
    'a damaged note (%j) costs its place',
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
  test('ends the program where it is not to stay in the tray', async () => {
    const shell = await startShell();
    await set(shell, desktop({ closeToTray: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.close()).toBe(true), WAIT);
    await vi.waitFor(() => expect(shell.state.exitCode).toBe(0), WAIT);
    expect((await startShell({ userData: shell.userData })).started).toBe(true);
  });

  test('quitting, the dock and a second start reach a window that is hidden', async () => {
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

  test('fills every window; it is left by the setting, which the PIN keeps', async () => {
    const { shell, bridge } = await locked();
    expect(await bridge.call('changeSettings', desktop({ kiosk: false }))).toMatchObject({ ok: false });
    expect(shell.windows[0]?.kiosk).toBe(true);
    expect(await bridge.call('unlock', { pin: '2468' })).toMatchObject({ ok: true, value: { unlocked: true } });
    await set(shell, desktop({ kiosk: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.kiosk).toBe(false), WAIT);
  });

  test('held by its PIN cannot be closed, quit, left or gone around; the machine may still end it', async () => {
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

  test('that nobody gave a PIN holds nobody', async () => {
    const shell = await startShell();
    await set(shell, desktop({ kiosk: true, closeToTray: false }));
    await vi.waitFor(() => expect(shell.windows[0]?.kiosk).toBe(true), WAIT);
    expect(shell.windows[0]?.close()).toBe(true);
  });
});

describe('a second window', () => {
  test('shows another station by its address, with the same core, and comes back with its place', async () => {
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

  test('leaves the ringing to the first: one machine rings once', async () => {
    const shell = await startShell();
    await set(shell, { stations: STATIONS, ...desktop({ closeToTray: false }) });
    await vi.waitFor(() => expect(entry(shell, 'Oven')).toBeDefined(), WAIT);
    choose(shell, 'Oven');
    expect(shell.windows.map(({ silent }) => silent)).toEqual([false, true]);
    expect(shell.windows[0]?.close()).toBe(true);
    expect(shell.windows.map(({ silent }) => silent)).toEqual([false]);
  });

  test('is brought forward instead of opened twice; closed, it stays closed, and its place is kept', async () => {
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

describe('the size of everything', () => {
  test('is a setting, which menu and wheel write', async () => {
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
