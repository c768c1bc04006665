import { describe, expect, it, vi } from 'vitest';
import type { FailedCommand } from '#contract/failed-command.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness, type TestHarness } from '../testing/test-harness.ts';

/** From tap to server: a tap is on disk, is shown at once, and takes effect once. */

async function openHarness(displays = 1) {
  const harness = createTestHarness({ sha256 });
  const all = Array.from({ length: displays }, (_, i) => harness.openDisplay(`token-${i + 1}`));
  for (const one of all) await one.start();
  await harness.pass(1_000);
  const [one, two] = all;
  if (!one) throw new Error('no display');
  return { harness, one, two: two ?? one, screen: one.screen, pass: harness.pass };
}
/** How often a display's command changed an order. */
const effects = (harness: TestHarness, id: string): number =>
  harness.server.log().filter((change) => change.orderId === id && change.cause).length;

describe('a tap', () => {
  it('[C1] [S5] is on disk and on the screen when answered, before the server knows', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    expect(await screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true, value: { undo: null } });
    expect(one.storage.queue.store.unsettled(null, 0)).toHaveLength(1);
    expect(harness.server.order(id)?.status).toBe('pending');
    expect(screen.ticket(id)).toMatchObject({ pending: true, order: { status: 'preparing' } });
    expect(screen.status()).toMatchObject({ queueCount: 1, alarm: { active: false } });
    await pass(50);
    expect(screen.ticket(id)).toMatchObject({ pending: false, order: { status: 'preparing' } });
    expect(screen.status()).toMatchObject({ queueCount: 0, queueSince: null });
    expect(effects(harness, id)).toBe(1);
  });

  it('[S5] never flickers: no ticket returns to an earlier status', async () => {
    const { harness, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    await screen.bump(id, 'pending', 'preparing');
    await pass(7);
    await screen.bump(id, 'preparing', 'ready');
    await pass(500);
    expect(screen.shown(id)).toEqual(['pending', 'preparing', 'ready']);
  });

  it('by double-tapping is one command', async () => {
    const { harness, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    const [first, second] = await Promise.all([
      screen.bump(id, 'pending', 'preparing'),
      screen.bump(id, 'pending', 'preparing'),
    ]);
    expect(second).toEqual(first);
    expect(screen.status().queueCount).toBe(1);
  });

  it('is refused at once if the step is not allowed or the order does not exist', async () => {
    const { harness, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    expect(await screen.bump(id, 'pending', 'ready')).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await screen.bump('nowhere', 'pending', 'preparing')).toMatchObject({ error: { code: 'not_found' } });
    expect(screen.status().queueCount).toBe(0);
  });

  it('recalled before it is answered reaches the server as two commands', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place({ status: 'preparing' });
    await pass(50);
    one.network.setCable('cut');
    await screen.bump(id, 'preparing', 'ready');
    await screen.bump(id, 'ready', 'preparing');
    one.network.setCable('whole');
    await pass(5_000);
    expect(harness.server.order(id)).toMatchObject({ status: 'preparing', version: 3 });
    expect(screen.status().failedCommands).toEqual([]);
  });

  it('[A1] on one display silences the other; one call acknowledges all orders', async () => {
    const { harness, one, two, pass } = await openHarness(2);
    for (let i = 0; i < 3; i++) harness.server.place();
    await pass(50);
    expect(two.screen.status().alarm.orderIds).toHaveLength(3);
    expect(await one.display.call('acknowledgeAll', null)).toEqual({ ok: true, value: { count: 3 } });
    expect(one.screen.status().alarm.active).toBe(false);
    await pass(50);
    expect(two.screen.status().alarm.active).toBe(false);
  });
});

describe('offline taps', () => {
  it('survive a kill, and each takes effect once when the server is back', async () => {
    const { harness, one, pass } = await openHarness();
    const ids = Array.from({ length: 20 }, () => harness.server.place());
    await pass(100);
    one.network.setServerUp(false);
    for (const id of ids) {
      await one.screen.bump(id, 'pending', 'preparing');
      await pass(30_000);
    }
    await one.restart();
    expect(one.screen.status().queueCount).toBe(20);
    expect(one.screen.tickets().every(({ pending, order }) => pending && order.status === 'preparing')).toBe(true);
    one.network.setServerUp(true);
    await pass(35_000);
    expect(ids.map((id) => effects(harness, id))).toEqual(ids.map(() => 1));
    expect(one.screen.status().queueCount).toBe(0);
    expect(one.screen.tickets().some(({ pending }) => pending)).toBe(false);
  });

  it('go up in order, fifty at a time', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    one.network.setCable('cut');
    for (let i = 0; i < 120; i++) await screen.tap(id, { type: 'set_priority', payload: { priority: i % 2 === 0 } });
    one.network.setCable('whole');
    await pass(5_000);
    expect(harness.server.ledger('token-1')).toHaveLength(120);
    expect(effects(harness, id)).toBe(120);
    expect(harness.server.order(id)?.priority).toBe(false);
  });
});

describe('a lost answer', () => {
  it('[C2] is requested again; an intent that is not idempotent takes effect once', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    one.network.loseAnswers(3);
    for (const priority of [true, false, true]) await screen.tap(id, { type: 'set_priority', payload: { priority } });
    await pass(60_000);
    expect(effects(harness, id)).toBe(3);
    expect(harness.server.order(id)?.priority).toBe(true);
    expect(screen.status().queueCount).toBe(0);
  });

  it('is requested again though the resulting change has come; the ticket stays marked until then', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    one.network.loseAnswers(1_000_000);
    await screen.bump(id, 'pending', 'preparing');
    await pass(5_000);
    expect(screen.status().queueCount).toBe(1);
    expect(screen.ticket(id)).toMatchObject({ pending: true, order: { status: 'preparing', version: 2 } });
    one.network.loseAnswers(0);
    await pass(30_000);
    expect(screen.status().queueCount).toBe(0);
    expect(screen.ticket(id)).toMatchObject({ pending: false, order: { status: 'preparing' } });
    expect(effects(harness, id)).toBe(1);
  });
});

describe('a server that lost commands', () => {
  it.each([true, false])('[C3] after a restore (new epoch: %s) receives them again', async (newEpoch) => {
    const { harness, one, screen, pass } = await openHarness();
    const [a, b] = [harness.server.place(), harness.server.place()];
    await pass(50);
    await screen.bump(a, 'pending', 'preparing');
    await pass(100);
    const backup = harness.server.backup();
    await screen.bump(a, 'preparing', 'ready');
    await screen.bump(b, 'pending', 'preparing');
    await pass(100);
    one.network.setServerUp(false);
    harness.server.restore(backup, { newEpoch });
    one.network.setServerUp(true);
    await pass(5_000);
    expect(harness.server.order(a)?.status).toBe('ready');
    expect(harness.server.order(b)?.status).toBe('preparing');
    expect([effects(harness, a), effects(harness, b)]).toEqual([2, 1]);
    expect(screen.ticket(a)?.order.status).toBe('ready');
  });

  it('[C3] accepts new commands if the answered ones are gone from the display’s disk', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place({ status: 'preparing' });
    const backup = harness.server.backup();
    await pass(50);
    await screen.tap(id, { type: 'set_priority', payload: { priority: true } });
    await pass(100);
    one.storage.queue.store.forgetAnsweredBefore(Number.POSITIVE_INFINITY);
    one.network.setServerUp(false);
    harness.server.restore(backup, { newEpoch: true });
    one.network.setServerUp(true);
    await pass(31_000);
    await screen.bump(id, 'preparing', 'ready');
    await pass(5_000);
    expect(harness.server.ledger('token-1')).toHaveLength(1);
    expect(harness.server.order(id)?.status).toBe('ready');
  });

  it('[C3] [L2] is also detected over HTTP, at the next poll', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    one.network.setWebsocket(false);
    await pass(40_000);
    const backup = harness.server.backup();
    await screen.bump(id, 'pending', 'preparing');
    await pass(1_000);
    harness.server.restore(backup, { newEpoch: true });
    await pass(62_000);
    expect(harness.server.order(id)?.status).toBe('preparing');
    expect(screen.status().queueCount).toBe(0);
  });

  it('[C3] receives later commands behind the lost ones, in order', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    const backup = harness.server.backup();
    await screen.bump(id, 'pending', 'preparing');
    await pass(100);
    one.network.setServerUp(false);
    harness.server.restore(backup, { newEpoch: false });
    await screen.bump(id, 'preparing', 'ready');
    one.network.setServerUp(true);
    await pass(31_000);
    expect(harness.server.order(id)?.status).toBe('ready');
    expect(screen.status()).toMatchObject({ queueCount: 0, failedCommands: [] });
    expect(effects(harness, id)).toBe(2);
  });

  it('[C4] decides refused commands again: one may be applied now, and stays listed until dismissed', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    const backup = harness.server.backup();
    one.network.setCable('cut');
    await screen.bump(id, 'pending', 'preparing');
    harness.server.cancel(id);
    one.network.setCable('whole');
    await pass(5_000);
    expect(screen.status().failedCommands).toHaveLength(1);
    one.network.setServerUp(false);
    harness.server.restore(backup, { newEpoch: true });
    one.network.setServerUp(true);
    await pass(5_000);
    expect(harness.server.order(id)?.status).toBe('preparing');
    expect(screen.ticket(id)).toMatchObject({ pending: false, order: { status: 'preparing' } });
    expect(screen.status()).toMatchObject({ queueCount: 0, failedCommands: [{ code: 'order_cancelled' }] });
  });
});

describe('[C2] one chain of commands on several disks', () => {
  const urgent = { type: 'set_priority', payload: { priority: true } } as const;

  it('applies taps on a restored disk once, and keeps those from before the restore', async () => {
    const { harness, one, pass } = await openHarness();
    const ids = Array.from({ length: 4 }, () => harness.server.place());
    await pass(50);
    await one.screen.bump(ids[0] ?? '', 'pending', 'preparing');
    await pass(50);
    const image = one.storage.queue.disk.image();
    await one.screen.bump(ids[1] ?? '', 'pending', 'preparing');
    await pass(50);
    one.storage.queue.disk.restore(image);
    one.network.setServerUp(false);
    await one.restart();
    await one.screen.bump(ids[2] ?? '', 'pending', 'preparing');
    await one.screen.bump(ids[3] ?? '', 'pending', 'preparing');
    one.network.setServerUp(true);
    await pass(35_000);
    expect(ids.map((id) => effects(harness, id))).toEqual([1, 1, 1, 1]);
    expect(harness.server.ledger('token-1')).toHaveLength(4);
    expect(one.screen.status()).toMatchObject({ queueCount: 0, troubles: [] });
  });

  it('applies all taps of two machines with one token', async () => {
    const harness = createTestHarness({ sha256 });
    const twins = [harness.openDisplay('same'), harness.openDisplay('same')];
    for (const one of twins) await one.start();
    await harness.pass(1_000);
    const ids = Array.from({ length: 10 }, () => harness.server.place());
    await harness.pass(50);
    for (const [i, id] of ids.entries()) {
      await twins[i % 2]?.screen.tap(id, urgent);
      if (i % 3 === 0) await harness.pass(100);
    }
    await harness.pass(120_000);
    expect(ids.map((id) => harness.server.order(id)?.priority)).toEqual(ids.map(() => true));
    for (const { screen } of twins) expect(screen.status()).toMatchObject({ queueCount: 0, failedCommands: [] });
  });

  it('applies a command on a copied disk once, whichever copy sends it first', async () => {
    const { harness, one, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    one.network.setCable('cut');
    await one.screen.tap(id, urgent);
    const twin = harness.openDisplay('token-1');
    twin.storage.queue.disk.restore(one.storage.queue.disk.image());
    await twin.start();
    await pass(5_000);
    one.network.setCable('whole');
    await pass(35_000);
    expect(effects(harness, id)).toBe(1);
    for (const { screen } of [one, twin]) expect(screen.status()).toMatchObject({ queueCount: 0, failedCommands: [] });
  });

  it('[C3] asks again for an answer beyond the head, which a restore and the other copy have replaced', async () => {
    const { harness, one, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    const backup = harness.server.backup();
    for (let i = 0; i < 3; i++) harness.server.place();
    await one.screen.tap(id, urgent);
    await pass(1_000);
    const twin = harness.openDisplay('token-1');
    twin.storage.queue.disk.restore(one.storage.queue.disk.image());
    await twin.start();
    await pass(1_000);
    twin.network.setCable('cut');
    one.network.setServerUp(false);
    harness.server.restore(backup, { newEpoch: false });
    one.network.setServerUp(true);
    await pass(5_000);
    await one.screen.tap(id, { type: 'set_priority', payload: { priority: false } });
    await pass(1_000);
    twin.network.setCable('whole');
    await pass(35_000);
    expect(twin.screen.link()).toBe('live');
    for (const { screen } of [one, twin]) expect(screen.ticket(id)).toMatchObject({ order: { priority: false } });
  });

  it.each([true, false])('sends commands of both machines again after a restore (new epoch: %s)', async (newEpoch) => {
    const harness = createTestHarness({ sha256 });
    const [one, two] = [harness.openDisplay('same'), harness.openDisplay('same')];
    for (const display of [one, two]) await display.start();
    const [a, b, c] = [harness.server.place(), harness.server.place(), harness.server.place()];
    await harness.pass(1_000);
    const backup = harness.server.backup();
    await one.screen.tap(a, urgent);
    await one.screen.tap(b, urgent);
    await harness.pass(1_000);
    one.network.setCable('cut');
    two.network.setServerUp(false);
    harness.server.restore(backup, { newEpoch });
    two.network.setServerUp(true);
    await harness.pass(5_000);
    await two.screen.tap(c, urgent);
    await harness.pass(1_000);
    one.network.setCable('whole');
    await harness.pass(35_000);
    expect([a, b, c].map((id) => harness.server.order(id)?.priority)).toEqual([true, true, true]);
    expect([a, b, c].map((id) => effects(harness, id))).toEqual([1, 1, 1]);
    for (const { screen } of [one, two]) expect(screen.status().queueCount).toBe(0);
  });
});

describe('[C4] a refused command', () => {
  it('leaves the queue, shows the current order, and stays listed until dismissed', async () => {
    const { harness, one, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    one.network.setCable('cut');
    await one.screen.bump(id, 'pending', 'preparing');
    harness.server.cancel(id);
    one.network.setCable('whole');
    await pass(5_000);
    const [failedCommands] = one.screen.status().failedCommands as [FailedCommand];
    expect(failedCommands).toMatchObject({
      orderId: id,
      commandType: 'set_status',
      payload: { from: 'pending', to: 'preparing' },
      code: 'order_cancelled',
      order: { status: 'cancelled' },
    });
    expect(one.screen.status().queueCount).toBe(0);
    expect(one.screen.notices()).toContain('command_rejected');
    await one.restart();
    expect(one.screen.status().failedCommands).toHaveLength(1);
    expect(await one.display.call('dismissFailedCommand', { id: failedCommands.id })).toEqual({
      ok: true,
      value: null,
    });
    await pass(60);
    expect(one.screen.status().failedCommands).toEqual([]);
    expect(await one.display.call('dismissFailedCommand', { id: failedCommands.id })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('is stale if issued more than 12 hours ago', async () => {
    const { harness, one, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    one.network.setCable('cut');
    await one.screen.bump(id, 'pending', 'preparing');
    await pass(13 * 3_600_000);
    one.network.setCable('whole');
    await pass(31_000);
    expect(one.screen.status().failedCommands).toMatchObject([{ code: 'stale' }]);
    expect(one.screen.ticket(id)?.order.status).toBe('pending');
  });

  it('is no failure if another screen bumped meanwhile: the second one gets a notice', async () => {
    const { harness, one, two, pass } = await openHarness(2);
    const id = harness.server.place();
    await pass(50);
    one.network.setCable('cut');
    await one.screen.bump(id, 'pending', 'preparing');
    await two.screen.bump(id, 'pending', 'preparing');
    await pass(50);
    await two.screen.bump(id, 'preparing', 'ready');
    await pass(50);
    one.network.setCable('whole');
    await pass(5_000);
    expect(one.screen.ticket(id)?.order.status).toBe('ready');
    expect(one.screen.status()).toMatchObject({ queueCount: 0, failedCommands: [] });
    expect(one.screen.notices()).toContain('bumped_elsewhere');
    expect(effects(harness, id)).toBe(2);
  });
});

describe('a failing disk', () => {
  it('[C1] refuses the tap, does not show it as done, and reports the trouble until it works again', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    one.storage.queue.disk.failWrites('full');
    expect(await screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: false, error: { code: 'disk' } });
    await pass(100);
    expect(screen.ticket(id)).toMatchObject({ pending: false, order: { status: 'pending' } });
    expect(screen.status()).toMatchObject({ queueCount: 0, troubles: ['disk_full'] });
    one.storage.queue.disk.failWrites(null);
    expect(await screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
    await pass(100);
    expect(screen.status()).toMatchObject({ queueCount: 0, troubles: [] });
  });

  it('keeps the taps while answers arrive, and stores the answers when it works again', async () => {
    const { harness, one, screen, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    await screen.tap(id, { type: 'set_priority', payload: { priority: true } });
    one.storage.queue.disk.failWrites('failed');
    await pass(5_000);
    expect(screen.status()).toMatchObject({ queueCount: 1, troubles: ['disk_failed'] });
    one.storage.queue.disk.failWrites(null);
    await pass(60_000);
    expect(screen.status()).toMatchObject({ queueCount: 0, troubles: [] });
    expect(effects(harness, id)).toBe(1);
  });
});

it('[C3] sends lost commands again even if the disk fails at first', async () => {
  const { harness, one, pass } = await openHarness();
  const id = harness.server.place();
  const backup = harness.server.backup();
  await pass(50);
  await one.screen.bump(id, 'pending', 'preparing');
  await pass(100);
  one.storage.queue.disk.failWrites('full');
  one.network.setServerUp(false);
  harness.server.restore(backup, { newEpoch: true });
  one.network.setServerUp(true);
  await pass(10_000);
  expect(harness.server.order(id)?.status).toBe('pending');
  expect(one.screen.link()).toBe('live');
  one.storage.queue.disk.failWrites(null);
  await pass(10_000);
  expect(harness.server.order(id)?.status).toBe('preparing');
});

it('[C3] sends nothing until the ledger check works', async () => {
  const { harness, one, screen, pass } = await openHarness();
  const id = harness.server.place();
  const backup = harness.server.backup();
  await pass(50);
  await screen.bump(id, 'pending', 'preparing');
  await pass(100);
  one.network.setServerUp(false);
  harness.server.restore(backup, { newEpoch: true });
  await screen.bump(id, 'preparing', 'ready');
  one.storage.queue.disk.failWrites('full');
  const submit = vi.spyOn(harness.server, 'submit');
  one.network.setServerUp(true);
  await pass(20_000);
  expect(screen.link()).toBe('live');
  expect(submit).not.toHaveBeenCalled();
  one.storage.queue.disk.failWrites(null);
  await pass(10_000);
  expect(harness.server.order(id)?.status).toBe('ready');
  expect(screen.status()).toMatchObject({ queueCount: 0, failedCommands: [] });
});

it('[C4] moves a row that is unreadable on disk to the failed list, and unblocks the others', async () => {
  const { harness, one, pass } = await openHarness();
  const [a, b] = [harness.server.place(), harness.server.place()];
  await pass(50);
  one.network.setServerUp(false);
  const about = { orderId: a, intent: null, baseVersion: 1, issuedAt: '2026-11-21T10:00:00.000Z', answer: null };
  one.storage.queue.store.insert({ ...about, commandId: '6b1f0a52-4a0e-4c5e-8a61-0f6f3d1c2b3a' });
  await one.screen.bump(b, 'pending', 'preparing');
  await one.restart();
  await pass(100);
  expect(one.screen.status()).toMatchObject({ queueCount: 1, failedCommands: [{ orderId: a, code: 'damaged' }] });
  one.network.setServerUp(true);
  await pass(35_000);
  expect(harness.server.order(b)?.status).toBe('preparing');
  expect(harness.server.ledger('token-1')).toHaveLength(1);
  expect(one.screen.status()).toMatchObject({ queueCount: 0, failedCommands: [{ orderId: a }] });
});
