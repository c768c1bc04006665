import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { Diagnosis } from '#contract/diagnosis.ts';
import { DisplayStatus } from '#contract/display-status.ts';
import { IPC_CALL, SCREEN_ORIGIN } from '#contract/ipc.ts';
import { Board } from '#contract/ticket.ts';
import type { FakeElectronOptions } from '#test/support/electron/fake-electron.ts';
import type { FakeFrame } from '#test/support/electron/fake-ipc.ts';
import { bridgeOf, quit, startShell, undo } from '#test/support/electron/start-shell.ts';
import { startServer } from '#test/support/server.ts';
import { unzip } from '#test/support/unzip.ts';

describe('the bridge over IPC', () => {
  test('page, preload, main, core, SQLite, socket, server: an order comes, a tap goes', async () => {
    const server = await startServer();
    undo.push(server.close);
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

  test('[L1] when the machine wakes or is unlocked, the socket is replaced at once', async () => {
    const server = await startServer();
    undo.push(server.close);
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

  test('is always up, and says so at once', async () => {
    const bridge = bridgeOf(await startShell());
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
    const shell = await startShell();
    expect(await bridgeOf(shell, frame).call('getBoard', null)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    });
  });

  test('a wrong call or payload gets a Result, not an exception', async () => {
    const bridge = bridgeOf(await startShell());
    for (const [name, input] of [
      ['nope', null],
      ['constructor', null],
      ['command', { orderId: 7 }],
      ['changeSettings', 'x'],
    ] as const)
      expect(await bridge.call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  test('a diagnosis is one archive, with what was logged before the last start and without the token', async () => {
    const server = await startServer();
    undo.push(server.close);
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

  test('only one channel is handled', async () => {
    expect([...(await startShell()).ipc.handlers.keys()]).toEqual([IPC_CALL]);
  });
});

describe('the token', () => {
  const connect = async (over: Partial<FakeElectronOptions>) => {
    const server = await startServer();
    undo.push(server.close);
    const { display } = await server.makeStore();
    const shell = await startShell(over);
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
    const again = bridgeOf(await startShell({ userData: shell.userData }));
    const setup = async () => ((await again.call('getStatus', null)) as { value: { setup: string } }).value.setup;
    expect(await setup()).toBe('done');
  });

  test('that can no longer be opened means pairing again, not a failed start', async () => {
    const { shell, kept } = await connect({});
    await quit(shell);
    const sealed = JSON.parse(kept('connection.sealed.json') ?? '{}');
    writeFileSync(join(shell.userData, 'connection.sealed.json'), JSON.stringify({ ...sealed, sealedToken: 'AAAA' }));
    const again = bridgeOf(await startShell({ userData: shell.userData }));
    expect(await again.call('getStatus', null)).toMatchObject({ ok: true, value: { setup: 'needed' } });
  });

  test('that lay open, from a time without a key store, is sealed at the next start with one', async () => {
    const { shell, token, kept } = await connect({ keyStore: 'basic_text' });
    await quit(shell);
    const again = bridgeOf(await startShell({ userData: shell.userData }));
    expect(await again.call('getStatus', null)).toMatchObject({ ok: true, value: { setup: 'done' } });
    expect(kept('connection.json')).toBeNull();
    expect(kept('connection.sealed.json')).not.toContain(token);
  });

  test.each([
    ['gnome_libsecret', 'sealed'],
    ['basic_text', 'file'],
    ['none', 'file'],
  ] as const)('and where it is, with the key store %s, is said on the screen: %s', async (keyStore, place) => {
    const answer = await bridgeOf(await startShell({ keyStore })).call('getStatus', null);
    expect(answer).toMatchObject({ ok: true, value: { desktop: { token: place } } });
  });

  test('is in no log, also when everything goes wrong with it', async () => {
    const { shell, token } = await connect({ keyStore: 'basic_text' });
    shell.program.emit('uncaughtException', new Error(`a library said ${token}`));
    const log = () => readFileSync(join(shell.userData, 'logs/display.log'), 'utf8');
    await vi.waitFor(() => expect(log()).toContain('a library said'));
    expect(log()).not.toContain(token);
  });

  test.each(['none', 'basic_text'] as const)('is in a file of its own where the key store is %s', async (keyStore) => {
    const { kept, token } = await connect({ keyStore });
    expect(kept('connection.json')).toContain(token);
    expect(kept('connection.sealed.json')).toBeNull();
  });
});
