import { describe, expect, it } from 'vitest';
import type { QueueView } from '#contract/waiting.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

/** The queue as the user sees it, and what the user can do about refused commands. */

/** A tap of which only the payload is damaged on disk. */
function spoil({ storage }: ReturnType<ReturnType<typeof createTestHarness>['openDisplay']>, orderId: string): void {
  const about = { orderId, intent: null, baseVersion: 1, issuedAt: '2026-11-21T10:00:00.000Z', answer: null };
  storage.queue.store.insert({ ...about, commandId: '6b1f0a52-4a0e-4c5e-8a61-0f6f3d1c2b3a' });
}

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('token-1');
  await one.start();
  await harness.pass(1_000);
  const queue = async (): Promise<QueueView> => {
    const answer = await one.display.call('getQueue', null);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value as QueueView;
  };
  const again = (id: string | undefined, as: 'same' | 'cancel') =>
    one.display.call('retryCommand', { id: id ?? '', as });
  return { ...harness, one, queue, again };
}

describe('the queue view', () => {
  it('lists what waits, oldest first, since when, and why: no network, server away, being sent', async () => {
    const { server, one, pass, queue } = await openHarness();
    const id = server.place({ number: '117' });
    await pass(50);
    one.network.setCable('cut');
    const tappedAt = server.now();
    await one.screen.bump(id, 'pending', 'preparing');
    await pass(2_000);
    await one.screen.bump(id, 'preparing', 'ready');
    await pass(30_000);
    expect((await queue()).waiting).toMatchObject([
      { orderNumber: '117', intent: 'set_status', payload: { to: 'preparing' }, why: 'server_away' },
      { orderNumber: '117', payload: { to: 'ready' } },
    ]);
    expect(Math.abs(((await queue()).waiting[0]?.tappedAt ?? 0) - tappedAt)).toBeLessThan(100);
    one.display.networkChanged(false);
    expect((await queue()).waiting.map(({ why }) => why)).toEqual(['no_network', 'no_network']);
    one.network.setCable('whole');
    one.display.networkChanged(true);
    await pass(60_000);
    expect((await queue()).waiting).toEqual([]);
    expect((await queue()).answered).toMatchObject([
      { payload: { to: 'ready' }, outcome: 'applied' },
      { payload: { to: 'preparing' }, outcome: 'applied' },
    ]);
    await one.screen.bump(id, 'ready', 'completed');
    expect((await queue()).waiting).toMatchObject([{ why: 'sending' }]);
  });

  it('[C5] lists a command that the server fails on as failed, with its error, and unblocks the others', async () => {
    const { server, one, pass, queue } = await openHarness();
    const [bad, good] = [server.place(), server.place()];
    await pass(50);
    server.poison(bad);
    one.network.setCable('cut');
    await one.screen.bump(bad, 'pending', 'preparing');
    await one.screen.bump(good, 'pending', 'preparing');
    one.network.setCable('whole');
    await pass(60_000);
    expect(server.order(good)?.status).toBe('preparing');
    expect(one.screen.status()).toMatchObject({
      queueCount: 0,
      failedCommands: [{ orderId: bad, code: 'quarantined' }],
    });
    const { waiting, answered } = await queue();
    expect(waiting).toEqual([]);
    expect(answered.find((one) => 'orderId' in one && one.orderId === good)).toMatchObject({ outcome: 'applied' });
    expect(answered.find((one) => 'orderId' in one && one.orderId === bad)).toMatchObject({
      outcome: 'rejected',
      code: 'quarantined',
      message: 'The server failed at it.',
    });
  });

  it('[C4] lists a command that is unreadable on disk as failed, and unblocks the others', async () => {
    const { server, one, pass, queue } = await openHarness();
    const [bad, good] = [server.place(), server.place()];
    await pass(50);
    one.network.setCable('cut');
    spoil(one, bad);
    await one.screen.bump(good, 'pending', 'preparing');
    await one.restart();
    await pass(60_000);
    expect(server.order(good)?.status).toBe('preparing');
    expect(one.screen.status()).toMatchObject({ queueCount: 0, failedCommands: [{ orderId: bad, code: 'damaged' }] });
    expect((await queue()).answered).toMatchObject([
      { orderId: good, outcome: 'applied' },
      { orderId: bad, outcome: 'rejected', code: 'damaged' },
    ]);
  });

  it('reports that the server refuses this screen', async () => {
    const { server, one, pass, queue } = await openHarness();
    const id = server.place();
    await pass(50);
    server.revoke('token-1');
    one.network.setCable('cut');
    await one.screen.bump(id, 'pending', 'preparing');
    one.network.setCable('whole');
    await pass(60_000);
    expect((await queue()).waiting).toMatchObject([{ why: 'revoked' }]);
  });
});

describe('[C4] a refused command', () => {
  it('that was stale can be sent again with one tap, for the order as it is now', async () => {
    const { server, one, pass, again } = await openHarness();
    const id = server.place({ status: 'ready' });
    await pass(50);
    one.network.setCable('cut');
    await one.screen.bump(id, 'ready', 'preparing');
    server.change(id, { note: 'no onion' });
    one.network.setCable('whole');
    await pass(60_000);
    const [refused] = one.screen.status().failedCommands;
    expect(refused).toMatchObject({ code: 'stale' });
    expect(await again(refused?.id, 'same')).toMatchObject({ ok: true });
    await pass(1_000);
    expect(server.order(id)?.status).toBe('preparing');
    expect(one.screen.status()).toMatchObject({ failedCommands: [], queueCount: 0 });
    expect(await again(refused?.id, 'same')).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('that came too late stays on the list, or becomes a cancellation with the same reason', async () => {
    const { server, one, pass, again } = await openHarness();
    const id = server.place();
    await pass(50);
    one.network.setCable('cut');
    const payload = { from: 'pending', to: 'rejected', reason: 'Sold out' } as const;
    await one.screen.tap(id, { type: 'set_status', payload });
    const iso = new Date(server.now()).toISOString();
    for (const status of ['preparing', 'ready'] as const)
      server.change(id, { status, statusSince: iso }, 'order_status_changed');
    one.network.setCable('whole');
    await pass(60_000);
    const [refused] = one.screen.status().failedCommands;
    expect(refused).toMatchObject({ code: 'too_late', order: { status: 'ready' } });
    expect(await again(refused?.id, 'same')).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(one.screen.status().failedCommands).toHaveLength(1);
    expect(await again(refused?.id, 'cancel')).toMatchObject({ ok: true });
    await pass(1_000);
    expect(server.order(id)).toMatchObject({ status: 'cancelled' });
    expect(one.screen.status().failedCommands).toEqual([]);
  });

  it('is replaced in one transaction: if the disk write fails, it stays on the list', async () => {
    const { server, one, pass, again } = await openHarness();
    const id = server.place({ status: 'ready' });
    await pass(50);
    one.network.setCable('cut');
    await one.screen.bump(id, 'ready', 'preparing');
    server.change(id, { note: 'no onion' });
    one.network.setCable('whole');
    await pass(60_000);
    const [refused] = one.screen.status().failedCommands;
    one.storage.queue.disk.failWrites('full');
    expect(await again(refused?.id, 'same')).toMatchObject({ ok: false, error: { code: 'disk' } });
    expect(one.screen.status()).toMatchObject({ failedCommands: [{ id: refused?.id }], queueCount: 0 });
  });
});
