import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logger from 'electron-log/node';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Board, type Carrier } from '#contract/bridge.ts';
import { IPC_CALL, SCREEN_ORIGIN } from '#contract/ipc.ts';
import { type FakeElectronOptions, fakeElectron } from '#test/support/electron/fake-electron.ts';
import type { FakeFrame } from '#test/support/electron/fake-ipc.ts';
import { startServer } from '#test/support/server.ts';
import { SHELL } from '../../scripts/start/builds.ts';
import { ensureBuilt } from '../../scripts/start/ensure-built.ts';
import { boot } from './boot.ts';

const root = join(import.meta.dirname, '../..');
const OUR_PAGE: FakeFrame = { origin: SCREEN_ORIGIN, parent: null };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});

/** The preload script as it is shipped: one CommonJS file that may ask for `electron` and nothing else. */
let preload: string;
beforeAll(async () => {
  preload = await readFile(join(await ensureBuilt(root, SHELL, () => {}), 'preload.cjs'), 'utf8');
}, 120_000);

function screenFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'screen-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Board</title>');
  writeFileSync(join(dir, 'assets', 'bell.mp3'), 'ding');
  return dir;
}

/** Boots the shell on the double, as Electron does: the script runs, then it is ready. */
async function start(over: Partial<FakeElectronOptions> = {}, env: Record<string, string> = {}) {
  const userData = over.userData ?? mkdtempSync(join(tmpdir(), 'shell-'));
  const fake = fakeElectron({ ...over, userData });
  undo.push(() => quit(fake));
  const booted = boot({
    electron: fake.electron,
    logger: logger.create({ logId: userData }) as typeof logger,
    screenDir: screenFolder(),
    preload: '/preload.cjs',
    env,
    platform: 'linux',
  });
  const beforeReady = { sandboxed: fake.state.sandboxed, schemes: fake.schemes.map(({ scheme }) => scheme) };
  fake.becomeReady();
  return { ...fake, userData, beforeReady, started: await booted };
}
type Shell = Awaited<ReturnType<typeof start>>;

async function quit(fake: Pick<Shell, 'electron' | 'state'>): Promise<void> {
  fake.electron.app.quit();
  await vi.waitFor(() => expect(fake.state.exitCode).not.toBeNull());
}

/** What the page of the first window finds on `window.bridge`. */
function bridgeOf(shell: Shell, frame: FakeFrame | null = OUR_PAGE): Carrier {
  const window = shell.windows[0];
  if (!window) throw new Error('no window');
  const { ipcRenderer, contextBridge, world } = shell.ipc.rendererOf(window.contents, window.toPage, frame);
  const require = (name: string) => {
    if (name === 'electron') return { ipcRenderer, contextBridge };
    throw new Error(`module not found: ${name}`);
  };
  new Function('require', 'module', 'exports', preload)(require, { exports: {} }, {});
  expect(Object.keys(world)).toEqual(['bridge']);
  return world.bridge as Carrier;
}

describe('booting', () => {
  test('sandbox and scheme come before ready, and one window shows our page', async () => {
    const { beforeReady, windows, started } = await start();
    expect(started).toBe(true);
    expect(beforeReady).toEqual({ sandboxed: true, schemes: ['app'] });
    expect(windows.map(({ url }) => url)).toEqual(['app://bundle/']);
    await vi.waitFor(() => expect(windows[0]?.shown).toBe(true));
  });

  test('the page gets no Node, no second world, no throttling, and may ring', async () => {
    const { windows } = await start();
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
    const { started, windows, state, userData } = await start({ second: true });
    expect({ started, windows, code: state.exitCode }).toEqual({ started: false, windows: [], code: 0 });
    expect(existsSync(join(userData, 'queue.db'))).toBe(false);
  });

  test('and the first one comes forward', async () => {
    const { electron, windows } = await start();
    Object.assign(windows[0] ?? {}, { minimized: true, shown: false });
    electron.app.emit('second-instance');
    expect(windows[0]).toMatchObject({ minimized: false, shown: true, focused: true });
  });

  test('closing the window closes both databases, then ends: the next start finds them free', async () => {
    const first = await start();
    first.windows[0]?.close();
    await vi.waitFor(() => expect(first.state.exitCode).toBe(0));
    expect((await start({ userData: first.userData })).started).toBe(true);
  });

  test('a data folder in use is an error with a name, and no window', async () => {
    const { userData } = await start();
    await expect(start({ userData })).rejects.toMatchObject({ fault: 'locked' });
  });
});

describe('what a page may do', () => {
  test('be ours: it goes nowhere else, opens nothing, embeds nothing', async () => {
    const { windows } = await start();
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
    const { asked } = (await start()).permissions;
    const decide = vi.fn();
    asked.request?.({} as never, 'media', decide, {} as never);
    expect(decide).toHaveBeenCalledWith(false);
    expect(asked.check?.(null, 'geolocation', '', {} as never)).toBe(false);
    expect(asked.device?.({} as never)).toBe(false);
  });

  test('be served from app://bundle with a CSP that lets it connect nowhere', async () => {
    const { fetch } = await start();
    const page = await fetch('app://bundle/');
    expect(await page.text()).toContain('Board');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect((await fetch('app://bundle/assets/bell.mp3')).headers.get('content-type')).toBe('audio/mpeg');
  });

  test('and get nothing but the files of the screen', async () => {
    const { fetch } = await start();
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

describe('the bridge over IPC', () => {
  test('page, preload, main, core, SQLite, socket, server: an order comes, a tap goes', async () => {
    const server = await startServer();
    undo.push(server.close);
    const store = await server.makeStore();
    const shell = await start({}, { TICKETRAIL_SERVER: server.url, TICKETRAIL_TOKEN: store.display.token });
    const bridge = bridgeOf(shell);
    const names: string[] = [];
    const stop = bridge.onPush((name) => names.push(name));
    const board = async () => {
      const answer = await bridge.call('getBoard', null);
      return Board.parse(answer.ok ? answer.value : null);
    };
    const order = { items: [{ name: 'Khachapuri', quantity: 1 }], currency: 'GEL', totalMinor: 1450 };
    const { id } = (await server.api('POST', '/orders', { token: store.integration.token, body: order })).json;
    await vi.waitFor(async () => expect((await board()).tickets[0]?.order.id).toBe(id), 10_000);
    expect(names).toEqual(expect.arrayContaining(['board', 'status']));

    const wish = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } };
    expect(await bridge.call('command', { orderId: id, wish })).toMatchObject({ ok: true });
    const status = async () =>
      (await server.api('GET', `/orders/${id}`, { token: store.integration.token })).json.status;
    await vi.waitFor(async () => expect(await status()).toBe('preparing'), 10_000);
    stop();
  });

  test('is always up, and says so at once', async () => {
    const bridge = bridgeOf(await start());
    const heard: boolean[] = [];
    bridge.onUp((up) => heard.push(up));
    expect(heard).toEqual([true]);
  });

  test.each([
    ['another page', { origin: 'https://evil.example', parent: null }],
    ['a frame inside ours', { origin: SCREEN_ORIGIN, parent: {} as FakeFrame['parent'] }],
    ['a page without an origin', { origin: 'null', parent: null }],
    ['a frame that is gone', null],
  ])('%s is refused', async (_, frame) => {
    const shell = await start();
    expect(await bridgeOf(shell, frame).call('getBoard', null)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    });
  });

  test('a wrong call or payload gets a Result, not an exception', async () => {
    const bridge = bridgeOf(await start());
    for (const [name, input] of [
      ['nope', null],
      ['constructor', null],
      ['command', { orderId: 7 }],
      ['changeSettings', 'x'],
    ] as const)
      expect(await bridge.call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  test('only one channel is handled', async () => {
    expect([...(await start()).ipc.handlers.keys()]).toEqual([IPC_CALL]);
  });
});

describe('the token', () => {
  const connect = async (over: Partial<FakeElectronOptions>) => {
    const server = await startServer();
    undo.push(server.close);
    const { display } = await server.makeStore();
    const shell = await start(over);
    const answer = await bridgeOf(shell).call('connectWithToken', { serverUrl: server.url, token: display.token });
    expect(answer).toMatchObject({ ok: true });
    const kept = (name: string) => {
      const file = join(shell.userData, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    };
    return { shell, token: display.token, kept };
  };

  test("is sealed by the system's key store, and opened at the next start", async () => {
    const { shell, token, kept } = await connect({});
    expect(kept('connection.sealed.json')).not.toContain(token);
    expect(kept('connection.json')).toBeNull();
    await quit(shell);
    const again = bridgeOf(await start({ userData: shell.userData }));
    const setup = async () => ((await again.call('getStatus', null)) as { value: { setup: string } }).value.setup;
    expect(await setup()).toBe('done');
  });

  test('that can no longer be opened means pairing again, not a failed start', async () => {
    const { shell, kept } = await connect({});
    await quit(shell);
    const sealed = JSON.parse(kept('connection.sealed.json') ?? '{}');
    writeFileSync(join(shell.userData, 'connection.sealed.json'), JSON.stringify({ ...sealed, sealedToken: 'AAAA' }));
    const again = bridgeOf(await start({ userData: shell.userData }));
    expect(await again.call('getStatus', null)).toMatchObject({ ok: true, value: { setup: 'needed' } });
  });

  test.each(['none', 'basic_text'] as const)('is in a file of its own where the key store is %s', async (keyStore) => {
    const { kept, token } = await connect({ keyStore });
    expect(kept('connection.json')).toContain(token);
    expect(kept('connection.sealed.json')).toBeNull();
  });
});
