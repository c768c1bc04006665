import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { startShell } from '#test/support/electron/start-shell.ts';

describe('booting', () => {
  test('sandbox and scheme come before ready, and one window shows our page', async () => {
    const { beforeReady, windows, started } = await startShell();
    expect(started).toBe(true);
    expect(beforeReady).toEqual({ sandboxed: true, schemes: ['app'] });
    expect(windows.map(({ url }) => url)).toEqual(['app://bundle/']);
    await vi.waitFor(() => expect(windows[0]?.shown).toBe(true));
  });

  test('the page gets no Node, no second world, no throttling, and may ring', async () => {
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

  test('a second instance ends at once and touches nothing', async () => {
    const { started, windows, state, userData } = await startShell({ second: true });
    expect({ started, windows, code: state.exitCode }).toEqual({ started: false, windows: [], code: 0 });
    expect(existsSync(join(userData, 'queue.db'))).toBe(false);
  });

  test('and the first one comes forward', async () => {
    const { electron, windows } = await startShell();
    Object.assign(windows[0] ?? {}, { minimized: true, shown: false });
    electron.app.emit('second-instance', {}, ['ticketrail'], '/', null);
    expect(windows[0]).toMatchObject({ minimized: false, shown: true, focused: true });
  });

  test('ending closes both databases first: the next start finds them free', async () => {
    const first = await startShell();
    first.electron.app.quit();
    await vi.waitFor(() => expect(first.state.exitCode).toBe(0));
    expect((await startShell({ userData: first.userData })).started).toBe(true);
  });

  test('a data folder in use is an error with a name, and no window', async () => {
    const { userData } = await startShell();
    await expect(startShell({ userData })).rejects.toMatchObject({ fault: 'locked' });
  });
});

describe('what a page may do', () => {
  test('be ours: it goes nowhere else, opens nothing, embeds nothing', async () => {
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

  test('ask for no permission and no device', async () => {
    const { asked } = (await startShell()).permissions;
    const decide = vi.fn();
    asked.request?.({} as never, 'media', decide, {} as never);
    expect(decide).toHaveBeenCalledWith(false);
    expect(asked.check?.(null, 'geolocation', '', {} as never)).toBe(false);
    expect(asked.device?.({} as never)).toBe(false);
  });

  test('be served from app://bundle with a CSP that lets it connect nowhere', async () => {
    const { fetch } = await startShell();
    const page = await fetch('app://bundle/');
    expect(await page.text()).toContain('Board');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect((await fetch('app://bundle/assets/bell.mp3')).headers.get('content-type')).toBe('audio/mpeg');
  });

  test('and get nothing but the files of the screen', async () => {
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
