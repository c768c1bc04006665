import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Diagnosis } from '#contract/diagnosis.ts';
import { DisplayStatus } from '#contract/display-status.ts';
import { IPC_CALL, SCREEN_ORIGIN } from '#contract/ipc.ts';
import { Board } from '#contract/ticket.ts';
import type { FakeElectronOptions } from '#test/support/electron/fake-electron.ts';
import type { FakeFrame } from '#test/support/electron/fake-ipc.ts';
import { statusOf } from '#test/support/electron/linked-shell.ts';
import { bridgeOf, quit, startShell } from '#test/support/electron/start-shell.ts';
import { startServer } from '#test/support/server.ts';
import { unzip } from '#test/support/unzip.ts';

describe('the bridge over IPC', () => {
  test('brings an order from the server to the page, and a tap from the page to the server', async () => {
    const server = await startServer();
    onTestFinished(server.close);
    const store = await server.makeStore();
    const shell = await startShell({}, { TICKETRAIL_SERVER: server.url, TICKETRAIL_TOKEN: store.display.token });
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

    const intent = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } };
    expect(await bridge.call('command', { orderId: id, intent })).toMatchObject({ ok: true });
    const status = async () =>
      (await server.api('GET', `/orders/${id}`, { token: store.integration.token })).json.status;
    await vi.waitFor(async () => expect(await status()).toBe('preparing'), 10_000);
    stop();
  });

  test('[L1] replaces the socket at once when the machine wakes or is unlocked', async () => {
    const server = await startServer();
    onTestFinished(server.close);
    const store = await server.makeStore();
    const shell = await startShell({}, { TICKETRAIL_SERVER: server.url, TICKETRAIL_TOKEN: store.display.token });
    const bridge = bridgeOf(shell);
    const link = async () => {
      const answer = await bridge.call('getStatus', null);
      return DisplayStatus.parse(answer.ok ? answer.value : null).link;
    };
    for (const event of ['resume', 'unlock-screen']) {
      await vi.waitFor(async () => expect((await link()).state).toBe('live'), 10_000);
      const { since } = await link();
      shell.electron.powerMonitor.emit(event);
      await vi.waitFor(
        async () => expect(await link()).toMatchObject({ state: 'live', since: expect.not.toBeOneOf([since]) }),
        10_000,
      );
    }
  });

  test('reports at once that it is up', async () => {
    const bridge = bridgeOf(await startShell());
    const states: boolean[] = [];
    bridge.onUp((up) => states.push(up));
    expect(states).toEqual([true]);
  });

  test.each([
    ['another page', { origin: 'https://evil.example', parent: null }],
    ['a frame inside ours', { origin: SCREEN_ORIGIN, parent: {} as FakeFrame['parent'] }],
    ['a page without an origin', { origin: 'null', parent: null }],
    ['a frame that is gone', null],
  ])('%s is refused', async (_, frame) => {
    const shell = await startShell();
    expect(await bridgeOf(shell, frame).call('getBoard', null)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    });
  });

  test('answers a wrong call or payload with a Result, not an exception', async () => {
    const bridge = bridgeOf(await startShell());
    for (const [name, input] of [
      ['nope', null],
      ['constructor', null],
      ['command', { orderId: 7 }],
      ['changeSettings', 'x'],
    ] as const)
      expect(await bridge.call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  test('returns a diagnosis as one archive, with the log of earlier runs and without the token', async () => {
    const server = await startServer();
    onTestFinished(server.close);
    const { display } = await server.makeStore();
    const first = await startShell({}, { TICKETRAIL_SERVER: server.url, TICKETRAIL_TOKEN: display.token });
    first.windows[0]?.crash('oom');
    await quit(first);
    const env = { TICKETRAIL_SERVER: server.url, TICKETRAIL_TOKEN: display.token };
    const bridge = bridgeOf(await startShell({ userData: first.userData }, env));
    const answer = await bridge.call('exportDiagnosis', null);
    const { base64 } = Diagnosis.parse(answer.ok ? answer.value : null);
    const files = unzip(Buffer.from(base64, 'base64'));
    expect(JSON.parse(files['about.json'] ?? '')).toMatchObject({ appVersion: '0.1.0', machine: { host: 'electron' } });
    expect(files['log.txt']).toContain('oom');
    expect(JSON.stringify(files)).not.toContain(display.token);
  });

  test('handles one channel only', async () => {
    expect([...(await startShell()).ipc.handlers.keys()]).toEqual([IPC_CALL]);
  });
});

describe('the token', () => {
  const connect = async (over: Partial<FakeElectronOptions>) => {
    const server = await startServer();
    onTestFinished(server.close);
    const { display, integration } = await server.makeStore();
    const shell = await startShell(over);
    const answer = await bridgeOf(shell).call('connectWithToken', { serverUrl: server.url, token: display.token });
    expect(answer).toMatchObject({ ok: true });
    const stored = (name: string) => {
      const file = join(shell.userData, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    };
    return { shell, token: display.token, integration: integration.token, stored };
  };

  test("is encrypted by the system's key store, and decrypted at the next start", async () => {
    const { shell, token, stored } = await connect({});
    expect(stored('connection.sealed.json')).not.toContain(token);
    expect(stored('connection.json')).toBeNull();
    await quit(shell);
    const again = bridgeOf(await startShell({ userData: shell.userData }));
    const setup = async () => ((await again.call('getStatus', null)) as { value: { setup: string } }).value.setup;
    expect(await setup()).toBe('done');
  });

  test('of the till is encrypted too, in a separate file, and decrypted at the next start', async () => {
    const { shell, integration, stored } = await connect({});
    expect(await bridgeOf(shell).call('setTillToken', { token: integration })).toMatchObject({ ok: true });
    expect(stored('till-connection.sealed.json')).not.toContain(integration);
    expect(stored('till-connection.json')).toBeNull();
    await quit(shell);
    const again = bridgeOf(await startShell({ userData: shell.userData }));
    await expect.poll(() => again.call('getTill', null)).toMatchObject({ ok: true, value: { tokenSet: true } });
  });

  test('that can no longer be decrypted means pairing again, not a failed start', async () => {
    const { shell, stored } = await connect({});
    await quit(shell);
    const sealed = JSON.parse(stored('connection.sealed.json') ?? '{}');
    writeFileSync(join(shell.userData, 'connection.sealed.json'), JSON.stringify({ ...sealed, sealedToken: 'AAAA' }));
    const again = bridgeOf(await startShell({ userData: shell.userData }));
    expect(await again.call('getStatus', null)).toMatchObject({ ok: true, value: { setup: 'needed' } });
  });

  test('stored without a key store is encrypted at the next start with one', async () => {
    const { shell, token, stored } = await connect({ keyStore: 'missing' });
    await quit(shell);
    const again = bridgeOf(await startShell({ userData: shell.userData }));
    expect(await again.call('getStatus', null)).toMatchObject({ ok: true, value: { setup: 'done' } });
    await vi.waitFor(() => expect(stored('connection.json')).toBeNull());
    expect(stored('connection.sealed.json')).not.toContain(token);
  });

  test.each([
    ['linux', 'open', 'sealed'],
    ['darwin', 'open', 'sealed'],
    ['linux', 'missing', 'file'],
    ['darwin', 'missing', 'file'],
  ] as const)('is stored, on %s with the key store %s, as the screen shows: %s', async (platform, keyStore, place) => {
    const shell = await startShell({ keyStore }, {}, platform);
    await vi.waitFor(async () => expect((await statusOf(shell)).desktop?.token).toBe(place));
  });

  test('is in no log, even if an error message contains it', async () => {
    const { shell, token } = await connect({ keyStore: 'missing' });
    shell.program.emit('uncaughtException', new Error(`a library said ${token}`));
    const log = () => readFileSync(join(shell.userData, 'logs/display.log'), 'utf8');
    await vi.waitFor(() => expect(log()).toContain('a library said'));
    expect(log()).not.toContain(token);
  });

  test('is in a separate file if there is no key store', async () => {
    const { stored, token } = await connect({ keyStore: 'missing' });
    expect(stored('connection.json')).toContain(token);
    expect(stored('connection.sealed.json')).toBeNull();
  });

  test('behind a locked key store: the window opens, the screen says so, and unlocking connects', async () => {
    const { shell } = await connect({});
    await quit(shell);
    const again = await startShell({ userData: shell.userData, keyStore: 'locked' });
    expect(again.windows).toHaveLength(1);
    await vi.waitFor(async () => {
      expect(await statusOf(again)).toMatchObject({ setup: 'needed', desktop: { token: 'locked' } });
    });
    expect(await bridgeOf(again).call('exportDiagnosis', null)).toMatchObject({ ok: true });
    again.keyStore.unlock();
    await vi.waitFor(async () => {
      expect(await statusOf(again)).toMatchObject({ setup: 'done', desktop: { token: 'sealed' } });
    });
  });

  test('behind a key store that nobody unlocks: stays for the next start, or is replaced by pairing again', async () => {
    const { shell, stored } = await connect({});
    await quit(shell);
    const dismissed = await startShell({ userData: shell.userData, keyStore: 'missing' });
    await vi.waitFor(async () => {
      expect(await statusOf(dismissed)).toMatchObject({ setup: 'needed', desktop: { token: 'locked' } });
    });
    await quit(dismissed);
    const again = await startShell({ userData: shell.userData });
    expect((await statusOf(again)).setup).toBe('done');
    await quit(again);
    const paired = await connect({ userData: shell.userData, keyStore: 'missing' });
    expect((await statusOf(paired.shell)).desktop?.token).toBe('file');
    expect(stored('connection.json')).toContain(paired.token);
    expect(stored('connection.sealed.json')).toBeNull();
  });

  test('given in the environment does not wait for a locked key store', async () => {
    const env = { TICKETRAIL_SERVER: 'http://127.0.0.1:9', TICKETRAIL_TOKEN: 'tr_d_x' };
    expect((await statusOf(await startShell({ keyStore: 'locked' }, env))).setup).toBe('done');
  });
});
