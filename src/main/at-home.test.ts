import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#contract/settings.ts';
import { linkedShell, WAIT } from '#test/support/electron/linked-shell.ts';
import { bridgeOf, startShell } from '#test/support/electron/start-shell.ts';

const desktop = (change: Partial<Settings['desktop']>) => ({ desktop: { ...DEFAULT_SETTINGS.desktop, ...change } });

describe('an order that nobody has seen', () => {
  test('is counted on the icon; an unfocused window requests attention until it is seen', async () => {
    const { shell, place } = await linkedShell();
    await place('117');
    await vi.waitFor(() => expect(shell.state.badge).toBe(1), WAIT);
    expect(shell.windows[0]?.flashing).toBe(true);
    await bridgeOf(shell).call('acknowledgeAll', null);
    await vi.waitFor(() => expect(shell.state.badge).toBe(0), WAIT);
    expect(shell.windows[0]?.flashing).toBe(false);
  });

  test('does not make a focused window request attention', async () => {
    const { shell, place } = await linkedShell();
    shell.windows[0]?.look();
    await place('117');
    await vi.waitFor(() => expect(shell.state.badge).toBe(1), WAIT);
    expect(shell.windows[0]?.flashing).toBe(false);
  });

  test('sets an overlay icon with a description on Windows', async () => {
    const { shell, place } = await linkedShell({}, 'win32');
    for (let number = 1; number <= 3; number++) await place(String(number));
    await vi.waitFor(() => expect(basename(shell.windows[0]?.overlay?.path ?? '')).toBe('badge-3.png'), WAIT);
    expect(existsSync(shell.windows[0]?.overlay?.path ?? '')).toBe(true);
    expect(shell.windows[0]?.overlay?.words).toBe('New orders: 3');
    for (let number = 4; number <= 10; number++) await place(String(number));
    await vi.waitFor(() => expect(basename(shell.windows[0]?.overlay?.path ?? '')).toBe('badge-9-and-more.png'), WAIT);
    await bridgeOf(shell).call('acknowledgeAll', null);
    await vi.waitFor(() => expect(shell.windows[0]?.overlay).toBeNull(), WAIT);
  });

  test('bounces the dock icon on macOS', async () => {
    const { shell, place } = await linkedShell({}, 'darwin');
    await place('117');
    await vi.waitFor(() => expect(shell.state).toMatchObject({ bouncing: true, badge: 1 }), WAIT);
    await bridgeOf(shell).call('acknowledgeAll', null);
    await vi.waitFor(() => expect(shell.state).toMatchObject({ bouncing: false, badge: 0 }), WAIT);
  });
});

describe('a link', () => {
  const goneTo = (shell: Awaited<ReturnType<typeof startShell>>) => {
    const sent: unknown[] = [];
    bridgeOf(shell).onPush((name, payload) => name === 'goTo' && sent.push(payload));
    return sent;
  };

  test('that starts the program navigates once, when the page is ready', async () => {
    const shell = await startShell({}, {}, 'win32', ['ticketrail://order/0199-a']);
    const sent = goneTo(shell);
    expect(sent).toEqual([]);
    await bridgeOf(shell).call('getStatus', null);
    expect(sent).toEqual([{ to: 'order', orderId: '0199-a' }]);
    shell.windows[0]?.contents.emit('did-start-loading');
    await bridgeOf(shell).call('getStatus', null);
    expect(sent).toHaveLength(1);
  });

  test('from a second start, or from an event on macOS, navigates and brings the window forward', async () => {
    const shell = await startShell({}, {}, 'darwin');
    const sent = goneTo(shell);
    await bridgeOf(shell).call('getStatus', null);
    shell.electron.app.emit('second-instance', {}, ['ticketrail', 'ticketrail://order/b'], '/', null);
    shell.electron.app.emit('open-url', { preventDefault: () => {} }, 'ticketrail://order/c');
    expect(sent).toEqual([
      { to: 'order', orderId: 'b' },
      { to: 'order', orderId: 'c' },
    ]);
    expect(shell.windows[0]?.focused).toBe(true);
    expect(shell.state.schemes).toEqual(['ticketrail']);
  });

  test('to pair only fills in the form; an unknown link does nothing', async () => {
    const { shell, server, status } = await linkedShell();
    const sent = goneTo(shell);
    const link = 'ticketrail://pair?server=https://evil.example&code=AB12CD';
    shell.electron.app.emit('second-instance', {}, ['ticketrail', link], '/', null);
    shell.electron.app.emit('second-instance', {}, ['ticketrail', 'ticketrail://settings/x'], '/', null);
    expect(sent).toEqual([{ to: 'pair', serverUrl: 'https://evil.example', code: 'AB12CD' }]);
    expect((await status()).serverUrl).toBe(server.url);
  });
});

describe('the machine', () => {
  test('is kept awake as the setting says', async () => {
    const { shell, set } = await linkedShell();
    await vi.waitFor(() => expect(shell.machine.isKeptAwake()).toBe(true), WAIT);
    await set(desktop({ keepAwake: 'never' }));
    await vi.waitFor(() => expect(shell.machine.isKeptAwake()).toBe(false), WAIT);
    await set(desktop({ keepAwake: 'hours', keepAwakeHours: { from: '00:00', to: '00:00' } }));
    await vi.waitFor(() => expect(shell.machine.isKeptAwake()).toBe(true), WAIT);
  });
});

describe('the start at login', () => {
  test('is a file on Linux, which is removed when the setting is turned off', async () => {
    const { shell, set, status } = await linkedShell();
    const file = join(shell.userData, 'config/autostart/ticketrail.desktop');
    await set(desktop({ launchAtLogin: true }));
    await vi.waitFor(async () => expect((await status()).desktop?.launchAtLogin).toBe('on'), WAIT);
    expect(readFileSync(file, 'utf8')).toContain(`Exec="${process.execPath}"`);
    await set(desktop({ launchAtLogin: false }));
    await vi.waitFor(async () => expect((await status()).desktop?.launchAtLogin).toBe('off'), WAIT);
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    ['win32', 'enabled', 'on'],
    ['darwin', 'enabled', 'on'],
    ['darwin', 'requires-approval', 'approval'],
    ['darwin', 'not-found', 'failed'],
  ] as const)('on %s with system status %s reports %s', async (platform, loginStatus, reported) => {
    const { shell, set, status } = await linkedShell({ loginStatus }, platform);
    expect(shell.state.openAtLogin).toBe(false);
    await set(desktop({ launchAtLogin: true }));
    await vi.waitFor(async () => expect((await status()).desktop?.launchAtLogin).toBe(reported), WAIT);
    expect(shell.state.openAtLogin).toBe(true);
  });

  test('stays off if a user switched it off in the Task Manager, and the screen says so', async () => {
    const { shell, start, set, status } = await linkedShell({}, 'win32');
    await set(desktop({ launchAtLogin: true }));
    await vi.waitFor(async () => expect((await status()).desktop?.launchAtLogin).toBe('on'), WAIT);
    await shell.end();
    const again = await start({ login: { openAtLogin: true, switchedOff: true } });
    await vi.waitFor(async () => expect((await status(again)).desktop?.launchAtLogin).toBe('failed'), WAIT);
    expect(again.state).toMatchObject({ openAtLogin: true, switchedOff: true });
  });
});
