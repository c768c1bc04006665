import { describe, expect, test, vi } from 'vitest';
import { linkedShell, WAIT } from '#test/support/electron/linked-shell.ts';
import { bridgeOf, quit } from '#test/support/electron/start-shell.ts';

describe('the tray', () => {
  test('[L1] [A1] shows each state by its own icon, in both sizes, while connecting too', async () => {
    const { server, shell, place, tray } = await linkedShell();
    await vi.waitFor(() => expect(tray()).toMatchObject({ picture: 'live', sharp: true }), WAIT);
    await place('117');
    await vi.waitFor(() => expect(tray()).toMatchObject({ picture: 'alarm', sharp: true }), WAIT);
    expect(tray()?.tooltip).toContain('New orders: 1');
    await server.stop();
    await vi.waitFor(() => expect(tray()).toMatchObject({ picture: 'offline', sharp: true }), 2 * WAIT);
    expect(shell.trays).toHaveLength(1);
    const shown = new Set(tray()?.pictures);
    for (const state of ['connecting', 'live', 'alarm', 'offline']) expect(shown).toContain(state);
  }, 40_000);

  test('uses template images on macOS', async () => {
    const { tray } = await linkedShell({}, 'darwin');
    await vi.waitFor(() => expect(tray()).toMatchObject({ picture: 'liveTemplate', sharp: true }), WAIT);
  });

  test('has a menu that opens the window, acknowledges all, refreshes and quits', async () => {
    const { server, shell, place, tray } = await linkedShell();
    const labels = () => tray()?.menu.map(({ label, enabled }) => [label, enabled !== false]);
    await vi.waitFor(() => expect(labels()).toContainEqual(['I have seen all orders', false]), WAIT);
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
    const sent: unknown[] = [];
    bridgeOf(shell).onPush((name, payload) => name === 'goTo' && sent.push(payload));
    tray()?.choose('Settings');
    expect(sent).toEqual([{ to: 'settings' }]);

    tray()?.choose('Quit');
    await vi.waitFor(() => expect(shell.state.exitCode).toBe(0), WAIT);
  });

  test('mutes the display for ten minutes, shows until when, and unmutes it', async () => {
    const { status, tray } = await linkedShell();
    const unmute = () => tray()?.menu.find(({ label }) => label?.startsWith('Muted until'))?.label ?? '';
    await vi.waitFor(() => expect(tray()?.picture).toBe('live'), WAIT);
    tray()?.choose('Mute for 10 minutes');
    await vi.waitFor(() => expect(unmute()).toMatch(/^Muted until \d\d:\d\d: turn sound on$/), WAIT);
    const { mutedUntil, serverNow } = await status();
    expect(Math.round(((mutedUntil ?? 0) - serverNow) / 60_000)).toBe(10);
    tray()?.choose(unmute());
    await vi.waitFor(async () => expect((await status()).mutedUntil).toBeNull(), WAIT);
  });

  test.each([
    ['refuses an icon', { noTray: true }],
    ['has no tray host', { trayHost: false }],
  ])('on a desktop that %s: the screen says so, and the window is never hidden', async (_, over) => {
    const { shell, status } = await linkedShell(over);
    expect(shell.trays).toEqual([]);
    await vi.waitFor(
      async () => expect((await status()).desktop).toMatchObject({ platform: 'linux', tray: 'missing' }),
      WAIT,
    );
    expect(shell.windows[0]?.close()).toBe(false);
    expect(shell.windows[0]).toMatchObject({ shown: true, minimized: true });
  });

  test.each(['linux', 'darwin', 'win32'] as const)(
    'where there is one (%s), closing hides the window, and a click brings it back',
    async (platform) => {
      const { shell, status, tray } = await linkedShell({}, platform);
      await vi.waitFor(async () => expect((await status()).desktop?.tray).toBe('shown'), WAIT);
      expect(shell.windows[0]?.close()).toBe(false);
      expect(shell.windows[0]?.shown).toBe(false);
      tray()?.click();
      // On macOS a click opens the menu, and nothing else.
      if (platform === 'darwin') expect(shell.windows[0]?.shown).toBe(false);
      if (platform === 'darwin') tray()?.choose('Open Ticketrail');
      expect(shell.windows[0]).toMatchObject({ shown: true, focused: true });
    },
  );
});

describe('notifications', () => {
  test('[A2] shows one for an order, silent, without customer data; a click brings the window forward', async () => {
    const { shell, place } = await linkedShell();
    const id = await place('117');
    await vi.waitFor(() => expect(shell.notifications.shown).toHaveLength(1), WAIT);
    const [notification] = shell.notifications.shown;
    expect(notification).toMatchObject({
      title: 'New order 117',
      body: '2× Khachapuri\n1× Soup\n1× Tea\n+ 1',
      silent: true,
    });
    Object.assign(shell.windows[0] ?? {}, { shown: false, focused: false });
    const sent: unknown[] = [];
    bridgeOf(shell).onPush((name, payload) => name === 'goTo' && sent.push(payload));
    notification?.click();
    expect(shell.windows[0]).toMatchObject({ shown: true, focused: true });
    expect(sent).toEqual([{ to: 'order', orderId: id }]);
    expect(shell.state.userModelId).toBe('app.ticketrail.display');
  });

  test('[A2] shows one for all orders that came while the program was off, and never again', async () => {
    const { shell, start, place } = await linkedShell();
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
    '[A1] on a system where they are %s: the screen rings, and reports what it knows',
    async (notifications) => {
      const { shell, place, tray } = await linkedShell({ notifications });
      await place('117');
      await vi.waitFor(() => expect(tray()?.picture).toBe('alarm'), WAIT);
      if (notifications !== 'unsupported')
        await vi.waitFor(() => expect(shell.notifications.asked).toHaveLength(1), WAIT);
      expect(shell.notifications.shown).toEqual([]);
      expect(await bridgeOf(shell).call('getStatus', null)).toMatchObject({
        ok: true,
        value: {
          alarm: { active: true },
          desktop: { notifications: notifications === 'mute' ? 'untried' : notifications },
        },
      });
    },
  );

  test.each(['darwin', 'win32'] as const)('on %s acknowledges or starts an order by a button', async (platform) => {
    const { shell, place, orderOf } = await linkedShell({}, platform);
    const [seen, started] = [await place('117'), await place('118')];
    const shown = (number: string) => shell.notifications.shown.find(({ title }) => title === `New order ${number}`);
    await vi.waitFor(() => expect(shown('118')).toBeDefined(), WAIT);
    // A notification in the notification centre works like one on the screen.
    shown('117')?.timeOut();
    shown('117')?.press('Seen');
    await vi.waitFor(async () => expect((await orderOf(seen)).acknowledgedAt).not.toBeNull(), WAIT);
    shown('118')?.press('Start');
    await vi.waitFor(async () => expect((await orderOf(started)).status).toBe('preparing'), WAIT);
    // Both orders are seen, so both notifications close.
    await vi.waitFor(() => expect(shell.notifications.shown).toEqual([]), WAIT);
  });

  test('has no buttons on Linux, and closes when another display has seen the order', async () => {
    const { server, store, shell, place } = await linkedShell();
    await place('117');
    await vi.waitFor(() => expect(shell.notifications.shown).toHaveLength(1), WAIT);
    expect(shell.notifications.shown[0]?.actions).toBeUndefined();
    const order = (await server.api('GET', '/orders?limit=1')).json.orders[0];
    const to = { token: store.integration.token, body: { status: 'preparing' } };
    await server.api('POST', `/orders/${order.id}/status`, to);
    await vi.waitFor(() => expect(shell.notifications.shown).toEqual([]), WAIT);
  });

  test('shows a change and a cancellation by somebody else, with the reason', async () => {
    const { server, store, shell, place } = await linkedShell();
    const id = await place('117');
    const ask = (method: 'POST' | 'PATCH', path: string, body: object) =>
      server.api(method, path, { token: store.integration.token, body });
    await ask('POST', `/orders/${id}/status`, { status: 'preparing' });
    await ask('PATCH', `/orders/${id}`, { note: 'no egg' });
    const titles = () => shell.notifications.asked.map(({ title }) => title);
    await vi.waitFor(() => expect(titles()).toContain('Order 117 was changed'), WAIT);
    await ask('POST', `/orders/${id}/status`, { status: 'cancelled', reason: 'Sold out' });
    await vi.waitFor(() => expect(titles()).toContain('Order 117 was cancelled'), WAIT);
    expect(shell.notifications.asked.at(-1)?.body).toBe('Sold out');
  });

  test('no character of a name turns the words around it', async () => {
    const { server, store, shell, place } = await linkedShell();
    const id = await place('1\u202e17');
    const body = { status: 'cancelled', reason: 'Sold \u2067out' };
    await server.api('POST', `/orders/${id}/status`, { token: store.integration.token, body });
    const asked = () => shell.notifications.asked.at(-1);
    await vi.waitFor(() => expect(asked()?.title).toBe('Order 117 was cancelled'), WAIT);
    expect(asked()?.body).toBe('Sold out');
  });

  test.each(['linux', 'darwin', 'win32'] as const)('shows every character of a text on %s', async (platform) => {
    const { server, store, shell, place } = await linkedShell({}, platform);
    const id = await place('117');
    const body = { status: 'cancelled', reason: 'No fish & chips < 5 kg, <b>sorry</b> &lt;' };
    await server.api('POST', `/orders/${id}/status`, { token: store.integration.token, body });
    const bodies = () => shell.notifications.asked.map(({ body }) => body);
    await vi.waitFor(() => expect(bodies()).toContain(body.reason), WAIT);
  });
});
