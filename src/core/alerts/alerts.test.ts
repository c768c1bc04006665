import { describe, expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness, type TestHarness } from '../testing/test-harness.ts';
import { type Alert, alertsOf } from './alert.ts';

const SECOND = 1_000;
const DAY = 24 * 3_600 * SECOND;

const STORE = {
  id: 'main',
  name: 'Main',
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  settings: { displayWindowDays: 8, acknowledgeWithinSeconds: 60 },
  createdAt: '2026-11-21T09:00:00.000Z',
};

const acknowledge = (server: TestHarness['server'], id: string): void =>
  server.change(
    id,
    { acknowledgedAt: new Date(server.now()).toISOString(), acknowledgedBy: 'Bar' },
    'order_acknowledged',
  );

/** A display whose host shows notifications; `shown` names them. @param store the store known from an earlier run */
async function pass(harness = createTestHarness({ sha256 }), store: typeof STORE | null = null) {
  const it = harness.openDisplay('pass');
  if (store) it.storage.cache.store.setNote('store', store);
  const shown: string[] = [];
  const name = (alert: Alert): string => {
    if (alert.kind === 'link') return 'link lost';
    const { kind, orders } = alert;
    const what = orders.length === 1 ? orders[0].id : String(orders.length);
    return kind === 'new' && orders.length === 1 ? what : `${what} ${kind}`;
  };
  const listen = () => it.display.onAlert((alert) => shown.push(name(alert)));
  listen();
  await it.start();
  await harness.pass(3 * SECOND);
  const restart = async () => {
    await it.restart();
    listen();
    await harness.pass(10 * SECOND);
  };
  return { harness, server: harness.server, it, shown, restart };
}

describe('[A2] one notification per order', () => {
  it('notifies of a new order once, whatever changes later', async () => {
    const { harness, server, shown } = await pass();
    const id = server.place();
    await harness.pass(2 * SECOND);
    expect(shown).toEqual([id]);
    server.change(id, { note: 'no egg' });
    await harness.pass(60 * SECOND);
    expect(shown).toEqual([id]);
  });

  it('does not notify again after a restart, a snapshot or a rebuilt cache', async () => {
    const { harness, server, it, shown, restart } = await pass();
    const id = server.place();
    await harness.pass(2 * SECOND);
    await restart();
    server.restore(server.backup(), { newEpoch: true });
    it.network.setCable('cut');
    it.network.setCable('whole');
    await harness.pass(30 * SECOND);
    const cache = it.storage.cache.store;
    cache.clear();
    cache.setPosition({ epoch: null, cursor: 0, hash: null });
    await restart();
    expect(it.screen.ticket(id)).toBeDefined();
    expect(shown).toEqual([id]);
  });

  it('notifies of nothing on a pick-up board, and of what still rings when it shows something else', async () => {
    const { harness, server, it, shown } = await pass();
    await it.display.call('changeSettings', { screen: 'pickup' });
    const id = server.place();
    await harness.pass(10 * SECOND);
    expect(shown).toEqual([]);
    await it.display.call('changeSettings', { screen: 'all' });
    await harness.pass(10 * SECOND);
    expect(shown).toEqual([id]);
  });

  it('does not notify of an order that somebody takes within a second', async () => {
    const { harness, server, shown } = await pass();
    const id = server.place();
    await harness.pass(200);
    acknowledge(server, id);
    await harness.pass(10 * SECOND);
    expect(shown).toEqual([]);
  });

  it('notifies of three orders at once one by one, of four in one summary, and of later ones one by one again', async () => {
    const { harness, server, shown } = await pass();
    const three = [server.place(), server.place(), server.place()];
    await harness.pass(5 * SECOND);
    expect(shown.splice(0)).toEqual(three);
    for (let i = 0; i < 4; i++) server.place();
    await harness.pass(5 * SECOND);
    expect(shown.splice(0)).toEqual(['4 new']);
    const last = server.place();
    await harness.pass(5 * SECOND);
    expect(shown).toEqual([last]);
  });

  it('notifies after a start of orders placed while the display was off', async () => {
    const { harness, server, it, shown, restart } = await pass();
    await it.display.close();
    for (let i = 0; i < 5; i++) server.place();
    await harness.pass(60 * SECOND);
    await restart();
    expect(shown).toEqual(['5 new']);
    await restart();
    expect(shown).toEqual(['5 new']);
  });

  it('notifies at a first start in a full store only of unseen orders', async () => {
    const harness = createTestHarness({ sha256 });
    const { server } = harness;
    for (let i = 0; i < 20; i++) server.place({ status: 'preparing' });
    for (let i = 0; i < 20; i++) server.place({ acknowledgedAt: '2026-11-21T09:00:00.000Z', acknowledgedBy: 'Bar' });
    const unseen = [server.place(), server.place()];
    const { shown } = await pass(harness);
    expect(shown).toEqual(unseen);
  });

  it('writes a notification to disk before it shows it, and tries again while the disk fails', async () => {
    const { harness, server, it, shown } = await pass();
    it.storage.queue.disk.failWrites('full');
    const id = server.place();
    await harness.pass(10 * SECOND);
    expect(shown).toEqual([]);
    expect(it.screen.status()).toMatchObject({ troubles: ['disk_full'], alarm: { active: true } });
    it.storage.queue.disk.failWrites(null);
    await harness.pass(60 * SECOND);
    expect(shown).toEqual([id]);
    expect(it.screen.status().troubles).toEqual([]);
  });

  it('forgets a notification after weeks, but not while its order rings', async () => {
    const { harness, server, it, shown, restart } = await pass();
    const [stays, goes] = [server.place(), server.place()];
    await harness.pass(5 * SECOND);
    server.cancel(goes);
    harness.clock.setWall(harness.at());
    it.storage.queue.store.transaction(() => {
      const { store } = it.storage.queue;
      store.forgetAlertsBefore(Number.POSITIVE_INFINITY, []);
      store.claimAlerts([stays, goes], harness.at() - 40 * DAY);
    });
    await restart();
    expect(shown).toEqual([stays, goes, `${goes} cancelled`]);
    expect(it.storage.queue.store.claimAlerts([stays, goes], 0)).toEqual([goes]);
  });

  it('records nothing while no host shows notifications', async () => {
    const harness = createTestHarness({ sha256 });
    const it = harness.openDisplay('pass');
    const id = harness.server.place();
    await it.start();
    await harness.pass(30 * SECOND);
    expect(it.storage.queue.store.claimAlerts([id], 0)).toEqual([id]);
  });
});

it('[A2] gives one alert each for up to three orders, one summary from four on', async () => {
  const { server } = createTestHarness({ sha256 });
  const orders = Array.from({ length: 4 }, () => server.order(server.place())).flatMap((order) => order ?? []);
  const sizes = (alerts: Alert[]): number[] => alerts.map((alert) => (alert.kind === 'link' ? 0 : alert.orders.length));
  expect([0, 1, 3, 4].map((count) => sizes(alertsOf('new', orders.slice(0, count))))).toEqual([
    [],
    [1],
    [1, 1, 1],
    [4],
  ]);
});

describe('an order unseen for longer than the store allows', () => {
  it('notifies a second time, and never a third', async () => {
    const { harness, server, shown, restart } = await pass(undefined, STORE);
    const id = server.place();
    await harness.pass(50 * SECOND);
    expect(shown).toEqual([id]);
    await harness.pass(20 * SECOND);
    expect(shown).toEqual([id, `${id} escalation`]);
    await restart();
    await harness.pass(600 * SECOND);
    expect(shown).toEqual([id, `${id} escalation`]);
  });

  it('does not notify once somebody has seen it', async () => {
    const { harness, server, shown } = await pass(undefined, STORE);
    const id = server.place();
    await harness.pass(50 * SECOND);
    acknowledge(server, id);
    await harness.pass(600 * SECOND);
    expect(shown).toEqual([id]);
  });

  it('notifies once, as an escalation, of one it has not notified of before', async () => {
    const { harness, server, it, shown, restart } = await pass(undefined, STORE);
    await it.display.close();
    const late = server.place();
    await harness.pass(600 * SECOND);
    const fresh = server.place();
    await restart();
    expect(shown).toEqual([fresh, `${late} escalation`]);
  });

  it('does not notify when that setting is off', async () => {
    const { harness, server, it, shown } = await pass(undefined, STORE);
    const notify = { changed: true, cancelled: true, escalation: false, link: true };
    const { desktop } = it.screen.status().settings;
    await it.display.call('changeSettings', { desktop: { ...desktop, notify } });
    const id = server.place();
    await harness.pass(600 * SECOND);
    expect(shown).toEqual([id]);
  });
});

describe('changes by others', () => {
  /** An order in work, already notified as new. */
  async function inWork() {
    const all = await pass();
    const id = all.server.place();
    await all.harness.pass(2 * SECOND);
    await all.it.display.call('command', {
      orderId: id,
      intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } },
    });
    await all.harness.pass(5 * SECOND);
    expect(all.shown.splice(0)).toEqual([id]);
    return { ...all, id };
  }

  it('notifies of a change and of a cancellation', async () => {
    const { harness, server, shown, id } = await inWork();
    server.change(id, { note: 'no egg' });
    await harness.pass(2 * SECOND);
    expect(shown.splice(0)).toEqual([`${id} changed`]);
    server.cancel(id);
    await harness.pass(2 * SECOND);
    expect(shown).toEqual([`${id} cancelled`]);
  });

  it('notifies of the cancellation only when both come within a second, and not again after a restart', async () => {
    const { harness, server, shown, id, restart } = await inWork();
    server.change(id, { note: 'no egg' });
    server.cancel(id);
    await harness.pass(5 * SECOND);
    await restart();
    expect(shown).toEqual([`${id} cancelled`]);
  });

  it('notifies once per kind of many changes after an hour without a link', async () => {
    const { harness, server, it, shown } = await pass();
    const ids = Array.from({ length: 8 }, () => server.place({ status: 'preparing' }));
    await harness.pass(5 * SECOND);
    it.network.setCable('cut');
    for (const id of ids.slice(0, 4)) server.change(id, { note: 'no egg' });
    for (const id of ids.slice(4)) server.cancel(id);
    await harness.pass(30 * SECOND);
    it.network.setCable('whole');
    await harness.pass(60 * SECOND);
    expect(shown).toEqual(['4 changed', '4 cancelled']);
  });

  it('does not notify of its own changes, but of a cancellation by another display', async () => {
    const { harness, shown, id } = await inWork();
    const bar = harness.openDisplay('bar');
    await bar.start();
    await harness.pass(3 * SECOND);
    const intent = (display: typeof bar.display, wished: object) =>
      display.call('command', { orderId: id, intent: wished });
    await intent(bar.display, { type: 'set_priority', payload: { priority: true } });
    await harness.pass(5 * SECOND);
    expect(shown).toEqual([]);
    await intent(bar.display, {
      type: 'set_status',
      payload: { from: 'preparing', to: 'cancelled', reason: 'sold out' },
    });
    await harness.pass(5 * SECOND);
    expect(shown).toEqual([`${id} cancelled`]);
  });

  it('does not notify of kinds that are turned off', async () => {
    const { harness, server, it, shown, id } = await inWork();
    const { desktop } = it.screen.status().settings;
    const notify = { changed: false, cancelled: false, escalation: true, link: true };
    await it.display.call('changeSettings', { desktop: { ...desktop, notify } });
    server.change(id, { note: 'no egg' });
    await harness.pass(5 * SECOND);
    server.cancel(id);
    await harness.pass(5 * SECOND);
    expect(shown).toEqual([]);
  });
});

describe('a lost link', () => {
  it('notifies after a minute, once each time', async () => {
    const { harness, it, shown } = await pass();
    for (const _ of [1, 2]) {
      it.network.setCable('cut');
      await harness.pass(55 * SECOND);
      expect(shown).toEqual([]);
      await harness.pass(600 * SECOND);
      expect(shown.splice(0)).toEqual(['link lost']);
      it.network.setCable('whole');
      await harness.pass(60 * SECOND);
    }
    expect(shown).toEqual([]);
  });

  it('does not notify while polling works', async () => {
    const { harness, it, shown } = await pass();
    it.network.setWebsocket(false);
    await harness.pass(600 * SECOND);
    expect(it.screen.link()).toBe('polling');
    expect(shown).toEqual([]);
  });
});
