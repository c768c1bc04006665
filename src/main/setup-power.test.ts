import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ADMIN_TOKEN, createServer } from '#test/e2e/support/server.ts';
import { createAskServer } from '#test/support/ask-server.ts';
import { createCuttableLink } from '#test/support/cuttable-link.ts';
import { statusOf, WAIT } from '#test/support/electron/linked-shell.ts';
import { bridgeOf, startShell } from '#test/support/electron/start-shell.ts';
import { startServer } from '#test/support/server.ts';

/** The program on the fake, live, behind a link that can be cut, with an order that rings. */
async function openMachine(platform: NodeJS.Platform = 'linux') {
  const server = await startServer();
  onTestFinished(server.close);
  const store = await server.makeStore();
  const link = await createCuttableLink(server.url);
  onTestFinished(link.close);
  const env = { TICKETRAIL_SERVER: link.url, TICKETRAIL_TOKEN: store.display.token };
  const userData = mkdtempSync(join(tmpdir(), 'power-'));
  const start = () => startShell({ userData }, env, platform);
  const shell = await start();
  const live = (of = shell) =>
    vi.waitFor(async () => expect(await statusOf(of)).toMatchObject({ link: { state: 'live' }, queueCount: 0 }), WAIT);
  const seen = async (id: string) => (await server.api('GET', `/orders/${id}`)).json.acknowledgedAt !== null;
  await live();
  const body = { items: [{ name: 'Soup', quantity: 1 }], currency: 'GEL', totalMinor: 900 };
  const { id } = (await server.api('POST', '/orders', { token: store.integration.token, body })).json;
  await vi.waitFor(async () => expect((await statusOf(shell)).alarm.orderIds).toEqual([id]), WAIT);
  return { link, shell, start, live, seen, id, system: shell.electron.powerMonitor };
}
const tap = async (shell: Awaited<ReturnType<typeof startShell>>) =>
  expect(await bridgeOf(shell).call('acknowledgeAll', null)).toMatchObject({ ok: true });

describe('a machine that sleeps', () => {
  test.each(['suspend', 'lock-screen'] as const)('reconnects after %s and loses no tap', async (event) => {
    const { shell, system, live, seen, id } = await openMachine();
    await tap(shell);
    const { since } = (await statusOf(shell)).link;
    system.emit(event);
    system.emit(event === 'suspend' ? 'resume' : 'unlock-screen');
    await vi.waitFor(async () => expect((await statusOf(shell)).link.since).not.toBe(since), WAIT);
    await live();
    expect(await seen(id)).toBe(true);
  });

  test('in mid-tap, before the server has it, sends it when it wakes on another network', async () => {
    const { link, shell, system, live, seen, id } = await openMachine();
    await link.freeze();
    await tap(shell);
    system.emit('suspend');
    await link.repair();
    expect([await seen(id), (await statusOf(shell)).queueCount]).toEqual([false, 1]);
    system.emit('resume');
    await live();
    expect(await seen(id)).toBe(true);
  });

  test('without an event is noticed by the jump of its clock', async () => {
    // In another process, whose clock does not jump.
    const server = await createServer(mkdtempSync(join(tmpdir(), 'night-')));
    onTestFinished(() => server.stop());
    const api = createAskServer(server.url, ADMIN_TOKEN);
    await api('POST', '/stores', { body: { id: 'main', name: 'Main', currency: 'GEL', timeZone: 'Asia/Tbilisi' } });
    const { token } = (await api('POST', '/stores/main/devices', { body: { name: 'Kitchen', role: 'display' } })).json;
    const shell = await startShell({}, { TICKETRAIL_SERVER: server.url, TICKETRAIL_TOKEN: token });
    const link = async () => (await statusOf(shell)).link;
    await vi.waitFor(async () => expect((await link()).state).toBe('live'), WAIT);
    const { since } = await link();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    await vi.waitFor(async () => {
      expect(await link()).toMatchObject({ state: 'live', since: expect.not.toBeOneOf([since]) });
    }, WAIT);
  });

  test('locks the settings when it is locked', async () => {
    const { shell, system } = await openMachine();
    await bridgeOf(shell).call('setPin', { pin: '2468' });
    await bridgeOf(shell).call('unlock', { pin: '2468' });
    expect((await statusOf(shell)).pin.unlocked).toBe(true);
    system.emit('lock-screen');
    await vi.waitFor(async () => expect((await statusOf(shell)).pin.unlocked).toBe(false), WAIT);
  });
});

type Machine = Awaited<ReturnType<typeof openMachine>>;

describe('a shutdown', () => {
  test.each<[string, NodeJS.Platform, (machine: Machine) => void]>([
    ['that Linux announces', 'linux', ({ system }) => void system.emit('shutdown', { preventDefault() {} })],
    ['that macOS announces', 'darwin', ({ system }) => void system.emit('shutdown', { preventDefault() {} })],
    // Windows waits only for the event of a window, and does not let the program quit.
    ['that Windows announces to a window', 'win32', ({ shell }) => shell.windows[0]?.emit('session-end', {})],
    ['by a signal', 'linux', ({ shell }) => shell.electron.app.quit()],
    ['of the parent process', 'linux', ({ shell }) => void shell.program.emit('disconnect')],
  ])('%s closes both databases; the next start sends a waiting tap', async (_, platform, shutDown) => {
    const machine = await openMachine(platform);
    const { link, shell, start, live, seen, id } = machine;
    await link.cut();
    await tap(shell);
    shutDown(machine);
    if (platform !== 'win32') await vi.waitFor(() => expect(shell.state.exitCode).toBe(0), WAIT);
    await link.repair();
    const next = await start();
    await live(next);
    expect(await seen(id)).toBe(true);
  });

  test('waits for the program on Linux and macOS', async () => {
    const shell = await startShell();
    const preventDefault = vi.fn();
    shell.electron.powerMonitor.emit('shutdown', { preventDefault });
    expect(preventDefault).toHaveBeenCalled();
  });
});
