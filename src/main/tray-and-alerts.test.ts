import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { FakeElectronOptions } from '#test/support/electron/fake-electron.ts';
import { bridgeOf, quit, startShell, undo } from '#test/support/electron/start-shell.ts';
import { startServer } from '#test/support/server.ts';

const WAIT = 10_000;

/** A store, and the program linked to it on the double. */
async function linked(over: Partial<FakeElectronOptions> = {}, platform?: NodeJS.Platform) {
  const server = await startServer();
  undo.push(server.close);
  const store = await server.makeStore();
  const userData = mkdtempSync(join(tmpdir(), 'shell-'));
  const start = () =>
    startShell(
      { userData, ...over },
      { TICKETRAIL_SERVER: server.url, TICKETRAIL_TOKEN: store.display.token },
      platform,
    );
  const shell = await start();
  const place = async (number: string): Promise<string> => {
    const items = [2, 1, 1, 1].map((quantity, i) => ({ name: ['Khachapuri', 'Soup', 'Tea', 'Bread'][i], quantity }));
    const body = { items, currency: 'GEL', totalMinor: 1450, number, customer: { name: 'Nino', phone: '+995 555' } };
    return (await server.api('POST', '/orders', { token: store.integration.token, body })).json.id;
  };
  const tray = () => shell.trays[0];
  await vi.waitFor(() => expect(tray()?.tooltip).toContain('Live'), WAIT);
  return { server, store, shell, start, place, tray };
}

describe('the tray', () => {
  test('[L1] [A1] shows each state by its own picture in both sizes, and the way there', async () => {
    const { server, shell, place, tray } = await linked();
    expect(tray()).toMatchObject({ picture: 'live', sharp: true });
    await place('117');
    await vi.waitFor(() => expect(tray()).toMatchObject({ picture: 'alarm', sharp: true }), WAIT);
    expect(tray()?.tooltip).toContain('New orders: 1');
    await server.server.close();
    await vi.waitFor(() => expect(tray()).toMatchObject({ picture: 'offline', sharp: true }), 2 * WAIT);
    expect(shell.trays).toHaveLength(1);
    const shown = new Set(tray()?.pictures);
    for (const state of ['connecting', 'live', 'alarm', 'offline']) expect(shown).toContain(state);
  }, 40_000);

  test('on macOS the pictures are templates', async () => {
    const { tray } = await linked({}, 'darwin');
    expect(tray()).toMatchObject({ picture: 'liveTemplate', sharp: true });
  });

  test('its menu opens the window, acknowledges all, refreshes and quits', async () => {
    const { server, shell, place, tray } = await linked();
    const labels = () => tray()?.menu.map(({ label, enabled }) => [label, enabled !== false]);
    expect(labels()).toContainEqual(['I have seen all orders', false]);
    const id = await place('117');
    await vi.waitFor(() => expect(labels()).toContainEqual(['I have seen all orders', true]), WAIT);
    tray()?.choose('I have seen all orders');
    await vi.waitFor(async () => {
      expect((await server.api('GET', `/orders/${id}`)).json.acknowledgedAt).not.toBeNull();
    }, WAIT);
    await vi.waitFor(() => expect(tray()?.picture).toBe('live'), WAIT);

    const notices: string[] = [];
    bridgeOf(shell).onPush((name, payload) => name === 'notice' && notices.push((payload as { code: string }).code));
    tray()?.choose('Refresh now');
    await vi.waitFor(() => expect(notices).toContain('refreshed'), WAIT);

    for (const way of [() => tray()?.click(), () => tray()?.choose('Open Ticketrail')]) {
      Object.assign(shell.windows[0] ?? {}, { minimized: true, shown: false, focused: false });
      way();
      expect(shell.windows[0]).toMatchObject({ minimized: false, shown: true, focused: true });
    }
    tray()?.choose('Quit');
    await vi.waitFor(() => expect(shell.state.exitCode).toBe(0), WAIT);
  });

  test('a desktop that takes none has its window all the same', async () => {
    const shell = await startShell({ noTray: true });
    await vi.waitFor(() => expect(shell.windows[0]?.shown).toBe(true));
    expect(shell.trays).toEqual([]);
  });
});

describe('notifications', () => {
  test('[A2] one for an order, silent, without a word about the customer; its click brings the window', async () => {
    const { shell, place } = await linked();
    await place('117');
    await vi.waitFor(() => expect(shell.notifications.shown).toHaveLength(1), WAIT);
    const [notification] = shell.notifications.shown;
    expect(notification).toMatchObject({
      title: 'New order 117',
      body: '2× Khachapuri\n1× Soup\n1× Tea\n+ 1',
      silent: true,
    });
    Object.assign(shell.windows[0] ?? {}, { shown: false, focused: false });
    notification?.click();
    expect(shell.windows[0]).toMatchObject({ shown: true, focused: true });
    expect(shell.state.userModelId).toBe('app.ticketrail.display');
  });

  test('[A2] what came while it was off is told once, together, and never again', async () => {
    const { shell, start, place } = await linked();
    await quit(shell);
    for (const number of ['1', '2', '3', '4', '5']) await place(number);
    const second = await start();
    await vi.waitFor(
      () => expect(second.notifications.shown.map(({ title }) => title)).toEqual(['New orders: 5']),
      WAIT,
    );
    await quit(second);
    const third = await start();
    await vi.waitFor(() => expect(third.trays[0]?.picture).toBe('alarm'), WAIT);
    await place('6');
    await vi.waitFor(() => expect(third.notifications.shown.map(({ title }) => title)).toEqual(['New order 6']), WAIT);
  });

  test.each(['unsupported', 'failed', 'mute'] as const)(
    '[A1] a system where they are %s: the screen rings',
    async (notifications) => {
      const { shell, place, tray } = await linked({ notifications });
      await place('117');
      await vi.waitFor(() => expect(tray()?.picture).toBe('alarm'), WAIT);
      if (notifications !== 'unsupported')
        await vi.waitFor(() => expect(shell.notifications.asked).toHaveLength(1), WAIT);
      expect(shell.notifications.shown).toEqual([]);
      expect(await bridgeOf(shell).call('getStatus', null)).toMatchObject({
        ok: true,
        value: { alarm: { active: true } },
      });
    },
  );
});
