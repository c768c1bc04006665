import { describe, expect, it } from 'vitest';
import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { anItem } from '#test/support/an-order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

async function openHarness(order: Partial<Order>) {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('t');
  await one.start();
  const id = harness.server.place(order);
  await harness.pass(1_000);
  const shown = async () => {
    await one.screen.askBoard();
    return one.screen.ticket(id)?.order;
  };
  const confirmed = () => harness.server.order(id);
  /** Taps, and returns the id for its undo. */
  const tap = async (intent: Intent): Promise<number | null> => {
    const answer = await one.screen.tap(id, intent);
    if (!answer.ok) throw new Error(answer.error.message);
    return (answer.value as { undo: number | null }).undo;
  };
  const undo = (by: number | null) => one.display.call('undo', { id: by });
  const queued = () => one.storage.queue.store.unsettled(null, 0).map(({ intent }) => intent?.type);
  return { harness, one, id, shown, confirmed, tap, undo, queued, pass: harness.pass };
}
const tick = (itemId: string, done = true): Intent => ({ type: 'set_item_done', payload: { itemId, done } });
const step = (from: Order['status'], to: Order['status']): Intent => ({ type: 'set_status', payload: { from, to } });
const two = [anItem({ id: 'i1' }), anItem({ id: 'i2' })];

describe('firing a course', () => {
  const courses = [anItem({ id: 'i1', course: 1, done: true }), anItem({ id: 'i2', course: 2 })];
  const fire = (course: number): Intent => ({ type: 'fire_course', payload: { course } });

  it('[C6] sends an order that is ready back to preparing, by one tap', async () => {
    const { confirmed, shown, tap, queued, pass } = await openHarness({ status: 'ready', items: courses });
    await tap(fire(2));
    expect(queued()).toEqual(['set_status', 'fire_course']);
    expect(await shown()).toMatchObject({ status: 'preparing', firedCourse: 2 });
    await pass(500);
    expect(confirmed()).toMatchObject({ status: 'preparing', firedCourse: 2 });
  });

  it('leaves the status alone while the order is prepared, and when the course was fired before', async () => {
    const cooking = await openHarness({ status: 'preparing', items: courses });
    await cooking.tap(fire(2));
    expect(cooking.queued()).toEqual(['fire_course']);
    const fired = await openHarness({ status: 'ready', items: courses, firedCourse: 2 });
    await fired.tap(fire(2));
    expect((await fired.shown())?.status).toBe('ready');
  });
});

describe('ticking off the last item', () => {
  it('advances the order with two commands from one tap', async () => {
    const { confirmed, shown, tap, queued, pass } = await openHarness({ status: 'preparing', items: two });
    await tap(tick('i1'));
    expect((await shown())?.status).toBe('preparing');
    await tap(tick('i2'));
    expect(queued()).toEqual(['set_item_done', 'set_item_done', 'set_status']);
    expect((await shown())?.status).toBe('ready');
    await pass(500);
    expect(confirmed()).toMatchObject({ status: 'ready', items: [{ done: true }, { done: true }], version: 4 });
  });

  it('[C1] writes both commands or none', async () => {
    const { one, shown, tap, pass } = await openHarness({ status: 'preparing', items: [anItem()] });
    one.storage.queue.disk.failWrites('full');
    await expect(tap(tick('i1'))).rejects.toThrow();
    expect(await shown()).toMatchObject({ status: 'preparing', items: [{ done: false }] });
    one.storage.queue.disk.failWrites(null);
    one.network.setCable('cut');
    await tap(tick('i1'));
    await one.restart();
    expect(await shown()).toMatchObject({ status: 'ready', items: [{ done: true }] });
    await pass(30_000);
    expect(one.screen.status().queueCount).toBe(0);
  });

  it('does not advance if the setting is off, preparation has not begun, or the tap ticked nothing', async () => {
    const { one, shown, tap, id } = await openHarness({ status: 'preparing', items: [anItem()] });
    await one.display.call('changeSettings', { autoAdvance: false });
    await tap(tick('i1'));
    expect((await shown())?.status).toBe('preparing');
    await one.display.call('changeSettings', { autoAdvance: true });
    await one.screen.tap(id, { type: 'set_priority', payload: { priority: true } });
    expect((await shown())?.status).toBe('preparing');
    const early = await openHarness({ items: [anItem()] });
    await early.tap(tick('i1'));
    expect((await early.shown())?.status).toBe('pending');
  });

  it('is undone as one tap', async () => {
    const { confirmed, tap, undo, queued, pass } = await openHarness({ status: 'preparing', items: [anItem()] });
    const by = await tap(tick('i1'));
    await pass(500);
    expect(await undo(by)).toEqual({ ok: true, value: null });
    expect(queued()).toEqual(['set_status', 'set_item_done']);
    await pass(500);
    expect(confirmed()).toMatchObject({ status: 'preparing', items: [{ done: false }] });
  });
});

describe('undo', () => {
  it('restores the order’s status and leaves its times alone', async () => {
    const { confirmed, tap, undo, pass } = await openHarness({ status: 'ready' });
    const by = await tap(step('ready', 'completed'));
    await pass(3_000);
    await undo(by);
    await pass(500);
    expect(confirmed()).toMatchObject({ status: 'ready', placedAt: '2026-11-21T10:00:00.000Z' });
  });

  it('[ADR 10] works without a network, before the tap is answered', async () => {
    const { one, confirmed, shown, tap, undo, queued, pass } = await openHarness({ status: 'preparing' });
    one.network.setCable('cut');
    const by = await tap(step('preparing', 'ready'));
    await undo(by);
    expect((await shown())?.status).toBe('preparing');
    expect(queued()).toEqual(['set_status', 'set_status']);
    one.network.setCable('whole');
    await pass(30_000);
    expect(confirmed()).toMatchObject({ status: 'preparing', version: 3 });
    expect(one.screen.status().failedCommands).toEqual([]);
  });

  it('is not offered for a tap that the customer already knows about', async () => {
    const { tap, undo } = await openHarness({});
    const by = await tap(step('pending', 'preparing'));
    expect(by).toBeNull();
    expect(await undo(by)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it('is refused, without effect, if the order has moved on', async () => {
    const { harness, id, tap, undo, queued, pass } = await openHarness({ status: 'preparing' });
    const by = await tap(step('preparing', 'ready'));
    await pass(500);
    harness.server.cancel(id);
    await pass(500);
    expect(await undo(by)).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(queued()).toEqual([]);
  });

  it('sends nothing if the order is already back, and works only once', async () => {
    const { tap, undo, queued, pass } = await openHarness({ status: 'preparing' });
    const by = await tap(step('preparing', 'ready'));
    await tap(step('ready', 'preparing'));
    await pass(500);
    expect(await undo(by)).toEqual({ ok: true, value: null });
    expect(queued()).toEqual([]);
    expect(await undo(by)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('restores the previous due time', async () => {
    const dueAt = '2026-11-21T10:30:00.000Z';
    const { confirmed, tap, undo, pass } = await openHarness({ status: 'preparing', dueAt });
    const by = await tap({ type: 'set_due', payload: { dueAt: '2026-11-21T10:45:00.000Z' } });
    await undo(by);
    await pass(500);
    expect(confirmed()?.dueAt).toBe(dueAt);
  });
});
