import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { bridgeOf, startShell } from '#test/support/electron/start-shell.ts';
import { ALREADY_RUNNING } from './setup-identity.ts';

describe('booting', () => {
  test('enables the sandbox and the scheme before ready, and opens one window with our page', async () => {
    const { beforeReady, windows, started } = await startShell();
    expect(started).toBe(true);
    expect(beforeReady).toEqual({ sandboxed: true, schemes: ['app'] });
    expect(windows.map(({ url }) => url)).toEqual(['app://bundle/']);
    await vi.waitFor(() => expect(windows[0]?.shown).toBe(true));
  });

  test('is complete at the first call of a page, and fails if none comes', async () => {
    const shell = await startShell();
    const { booted } = shell;
    await expect(booted?.pageReady(50)).rejects.toThrow('The page of the window has not started');
    const ready = booted?.pageReady(10_000);
    await bridgeOf(shell).call('getStatus', null);
    await expect(ready).resolves.toBeUndefined();
  });

  test('gives the page no Node, an isolated context, no throttling, and sound', async () => {
    const { windows } = await startShell();
    expect(windows[0]?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      preload: '/preload.cjs',
    });
    for (const dangerous of [
      'webSecurity',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
    ])
      expect(windows[0]?.options.webPreferences).not.toHaveProperty(dangerous);
  });

  test('ends a second instance at once, without touching anything', async () => {
    const { started, windows, state, userData } = await startShell({ second: true });
    expect({ started, windows, code: state.exitCode }).toEqual({ started: false, windows: [], code: ALREADY_RUNNING });
    expect(existsSync(join(userData, 'queue.db'))).toBe(false);
  });

  test('from a checkout uses another name, folder and ids than the installed program', async () => {
    const place = mkdtempSync(join(tmpdir(), 'home-'));
    const userData = join(place, 'Ticketrail');
    const checkout = await startShell({ userData, packaged: false }, {}, 'win32');
    expect(existsSync(join(place, 'Ticketrail checkout', 'queue.db'))).toBe(true);
    const installed = await startShell({ userData }, {}, 'win32');
    expect(existsSync(join(userData, 'queue.db'))).toBe(true);
    expect(checkout.state.name).toBe('Ticketrail');
    for (const id of ['userModelId', 'toastActivator'] as const) {
      expect(checkout.state[id]).toBeTruthy();
      expect(checkout.state[id]).not.toBe(installed.state[id]);
    }
    expect(checkout.state.schemes).toEqual([]);
  });

  test('brings the first instance forward at a second start', async () => {
    const { electron, windows } = await startShell();
    Object.assign(windows[0] ?? {}, { minimized: true, shown: false });
    electron.app.emit('second-instance', {}, ['ticketrail'], '/', null);
    expect(windows[0]).toMatchObject({ minimized: false, shown: true, focused: true });
  });

  test('closes both databases before it ends, so the next start can open them', async () => {
    const first = await startShell();
    first.electron.app.quit();
    await vi.waitFor(() => expect(first.state.exitCode).toBe(0));
    expect((await startShell({ userData: first.userData })).started).toBe(true);
  });

  test('fails with a named error and no window if the data folder is in use', async () => {
    const { userData } = await startShell();
    await expect(startShell({ userData })).rejects.toMatchObject({ fault: 'locked' });
  });
});

describe('what a page may do', () => {
  test('show our page only: no other page, no new window, no webview', async () => {
    const { windows } = await startShell();
    const went = (event: string, url: string) => {
      const preventDefault = vi.fn();
      windows[0]?.contents.emit(event, { url, preventDefault });
      return preventDefault.mock.calls.length === 0;
    };
    for (const event of ['will-frame-navigate', 'will-redirect']) {
      expect(went(event, 'app://bundle/?x=1')).toBe(true);
      for (const url of [
        'https://evil.example/',
        'app://bundle.evil/',
        'app://other/',
        'file:///etc/passwd',
        'javascript:1',
      ])
        expect(went(event, url), url).toBe(false);
    }
    expect(went('will-attach-webview', '')).toBe(false);
    expect(windows[0]?.openHandler?.({} as never)).toEqual({ action: 'deny' });
  });

  test('get no permission and no device', async () => {
    const { asked } = (await startShell()).permissions;
    const decide = vi.fn();
    asked.request?.({} as never, 'media', decide, {} as never);
    expect(decide).toHaveBeenCalledWith(false);
    expect(asked.check?.(null, 'geolocation', '', {} as never)).toBe(false);
    expect(asked.device?.({} as never)).toBe(false);
  });

  test('load from app://bundle, with a CSP that forbids every connection', async () => {
    const { fetch } = await startShell();
    const page = await fetch('app://bundle/');
    expect(await page.text()).toContain('Board');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect((await fetch('app://bundle/assets/bell.mp3')).headers.get('content-type')).toBe('audio/mpeg');
  });

  test('load the screen’s files only', async () => {
    const { fetch } = await startShell();
    for (const url of [
      'app://bundle/../package.json',
      'app://bundle/..%2f..%2fetc/passwd',
      'app://other/',
      'app://bundle//etc/passwd',
    ])
      expect((await fetch(url)).status, url).toBe(404);
    expect((await fetch('app://bundle/', 'POST')).status).toBe(404);
  });
});
