import { expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { anItem } from '#test/support/an-order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

const AT = '2026-11-21T10:00:00.000Z';
const SEEN = { acknowledgedAt: AT, acknowledgedBy: 'Pass' };
const beer = anItem({ id: 'i2', name: 'Beer' });
const ADDED = { added: [{ itemId: 'i2', quantity: 2 }], changed: [], removed: [], fields: [] };

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

it('an order that was changed after it was acknowledged or started is marked, until a person has seen it', async () => {
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

it('what nobody had seen was never changed for them', async () => {
  const { server, id, pass, marks } = await openHarness({});
  server.change(id, { items: [anItem(), beer] });
  await pass(100);
  expect(marks()).toBeNull();
});

it('an order that was seen here counts as seen, also while the server cannot know', async () => {
  const { one, server, id, pass, marks } = await openHarness({});
  one.network.setCable('cut');
  await one.screen.tap(id, { type: 'acknowledge', payload: {} });
  server.change(id, { note: 'no salt' });
  one.network.setCable('whole');
  await pass(5_000);
  expect(marks()).toMatchObject({ fields: ['note'] });
});

it('changes of one after another are told against what was seen, together', async () => {
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

it('seen in one batch and changed in it is changed', async () => {
  const { one, server, id, pass, marks } = await openHarness({});
  one.network.setCable('cut');
  server.change(id, SEEN, 'order_acknowledged');
  server.change(id, { note: 'no salt' });
  one.network.setCable('whole');
  await pass(5_000);
  expect(marks()).toMatchObject({ fields: ['note'] });
});

it('marks outlive the program, and a snapshot', async () => {
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

it('what a snapshot finds changed is marked like what a batch brings', async () => {
  const { one, server, id, pass, marks } = await openHarness(SEEN);
  one.network.setCable('cut');
  server.change(id, { items: [anItem(), beer] });
  server.compact(0);
  one.network.setCable('whole');
  await pass(5_000);
  expect(one.screen.link()).toBe('live');
  expect(marks()).toEqual(ADDED);
});

it('another time that the kitchen set itself is no surprise, on any of its screens', async () => {
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

it('a change that came in the moment of the tap has not been seen', async () => {
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

it('an order that is done is told of no more, also when it is recalled', async () => {
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
