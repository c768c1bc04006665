import { expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { anItem } from '#test/support/an-order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

const AT = '2026-11-21T10:00:00.000Z';
const SEEN = { acknowledgedAt: AT, acknowledgedBy: 'Pass' };
const beer = anItem({ id: 'i2', name: 'Beer' });
const ADDED = { added: [{ itemId: 'i2', quantity: 2 }], changed: [], moved: [], removed: [], fields: [] };

/** A display with one order on its rail. */
async function openHarness(order: Partial<Order>) {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('t');
  const other = harness.openDisplay('u');
  await one.start();
  await other.start();
  const id = harness.server.place({ items: [anItem()], ...order });
  await harness.pass(1_000);
  const marks = () => one.screen.ticket(id)?.marks ?? null;
  const seen = (version = one.screen.ticket(id)?.order.version) =>
    one.display.call('seenMarks', { orderId: id, version });
  return { harness, one, other, id, marks, seen, pass: harness.pass, server: harness.server };
}

it('marks an order changed after it was acknowledged or started, until a person has seen it', async () => {
  for (const order of [SEEN, { status: 'preparing' as const }]) {
    const { server, id, pass, marks, seen } = await openHarness(order);
    server.change(id, { items: [anItem(), beer] });
    await pass(100);
    expect(marks()).toEqual(ADDED);
    expect(await seen()).toEqual({ ok: true, value: null });
    await pass(100);
    expect(marks()).toBeNull();
  }
});

it('does not mark a change of an unseen order', async () => {
  const { server, id, pass, marks } = await openHarness({});
  server.change(id, { items: [anItem(), beer] });
  await pass(100);
  expect(marks()).toBeNull();
});

it('counts an order acknowledged here as seen while the server does not know it yet', async () => {
  const { one, server, id, pass, marks } = await openHarness({});
  one.network.setCable('cut');
  await one.screen.tap(id, { type: 'acknowledge', payload: {} });
  server.change(id, { note: 'no salt' });
  one.network.setCable('whole');
  await pass(5_000);
  expect(marks()).toMatchObject({ fields: ['note'] });
});

it('compares several changes with the order as last seen', async () => {
  const { server, id, pass, marks } = await openHarness(SEEN);
  server.change(id, { note: 'no salt' });
  await pass(100);
  server.change(id, { items: [anItem(), beer] });
  await pass(100);
  expect(marks()).toEqual({ ...ADDED, fields: ['note'] });
  server.change(id, { items: [anItem()], note: null });
  await pass(100);
  expect(marks()).toBeNull();
});

it('marks an order that is seen and then changed within one batch', async () => {
  const { one, server, id, pass, marks } = await openHarness({});
  one.network.setCable('cut');
  server.change(id, SEEN, 'order_acknowledged');
  server.change(id, { note: 'no salt' });
  one.network.setCable('whole');
  await pass(5_000);
  expect(marks()).toMatchObject({ fields: ['note'] });
});

it('keeps marks over a restart and a snapshot', async () => {
  const { one, server, id, pass, marks } = await openHarness(SEEN);
  server.change(id, { items: [anItem(), beer] });
  await pass(100);
  await one.restart();
  expect(marks()).toEqual(ADDED);
  one.network.setCable('cut');
  server.change(id, { note: 'no salt' });
  server.compact(0);
  one.network.setCable('whole');
  await pass(5_000);
  expect(marks()).toEqual({ ...ADDED, fields: ['note'] });
});

it('marks changes found by a snapshot like those of a batch', async () => {
  const { one, server, id, pass, marks } = await openHarness(SEEN);
  one.network.setCable('cut');
  server.change(id, { items: [anItem(), beer] });
  server.compact(0);
  one.network.setCable('whole');
  await pass(5_000);
  expect(one.screen.link()).toBe('live');
  expect(marks()).toEqual(ADDED);
});

it('does not mark a due time set by a display, on any screen', async () => {
  const { one, other, server, id, pass, marks } = await openHarness(SEEN);
  await one.screen.tap(id, { type: 'set_due', payload: { dueAt: '2026-11-21T10:40:00.000Z' } });
  await pass(100);
  expect(marks()).toBeNull();
  server.change(id, { note: 'no salt' });
  await pass(100);
  await other.screen.tap(id, { type: 'set_due', payload: { dueAt: '2026-11-21T10:50:00.000Z' } });
  await pass(100);
  expect(marks()).toMatchObject({ fields: ['note'] });
  server.change(id, { dueAt: '2026-11-21T10:20:00.000Z' });
  await pass(100);
  expect(marks()).toMatchObject({ fields: ['note', 'dueAt'] });
});

it('keeps the mark of a change that arrives as the person taps', async () => {
  const { one, server, id, pass, marks, seen } = await openHarness(SEEN);
  server.change(id, { note: 'no salt' });
  await pass(100);
  const before = one.screen.ticket(id)?.order.version;
  server.change(id, { items: [anItem(), beer] });
  await pass(100);
  await seen(before);
  await pass(100);
  expect(marks()).toEqual({ ...ADDED, fields: ['note'] });
});

it('drops the marks of a closed order for good', async () => {
  const { one, server, id, pass, marks } = await openHarness({ status: 'ready' });
  server.change(id, { note: 'no salt' });
  await pass(100);
  await one.screen.bump(id, 'ready', 'completed');
  await pass(100);
  expect(marks()).toBeNull();
  await one.screen.bump(id, 'completed', 'ready');
  await pass(100);
  expect(marks()).toBeNull();
});

it('marks items that a display sent to another station, on every display', async () => {
  const { one, other, id, pass, marks, seen } = await openHarness(SEEN);
  const moved = { added: [], changed: [], moved: ['i1'], removed: [], fields: [] };
  await one.screen.tap(id, { type: 'move_items', payload: { items: [{ itemId: 'i1', station: 'grill' }] } });
  await pass(1_000);
  expect(marks()).toEqual(moved);
  expect(other.screen.ticket(id)?.marks).toEqual(moved);
  await seen();
  await pass(100);
  expect(marks()).toBeNull();
});
