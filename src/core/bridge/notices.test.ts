import { expect, it } from 'vitest';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';
import { noticesOfChanges } from './notices.ts';

const created = (status: 'pending' | 'preparing'): Change => ({
  seq: 1,
  type: 'order_created',
  orderId: 'o1',
  at: '2026-11-21T10:00:00.000Z',
  by: { role: 'integration', id: 'shop', name: 'Web shop' },
  order: anOrder({ id: 'o1', number: '90', status }),
});

it('[A1] an order that rings gets no notice, one that arrives accepted does', () => {
  expect(noticesOfChanges([created('pending')])).toEqual([]);
  expect(noticesOfChanges([created('preparing')])).toEqual([
    { kind: 'info', code: 'order_new', params: { number: '90' } },
  ]);
});

async function open() {
  const harness = createTestHarness({ sha256 });
  const [one, other] = [harness.openDisplay('t'), harness.openDisplay('u')];
  for (const display of [one, other]) await display.start();
  await harness.pass(1_000);
  return { harness, one, other };
}

it('[A3] an order that the server accepts is announced once on each display, and does not ring', async () => {
  const { harness, one, other } = await open();
  const id = harness.server.placeAccepted();
  await harness.pass(1_000);
  for (const { screen } of [one, other]) {
    expect(screen.notices()).toEqual(['order_new']);
    expect(screen.shown(id)).toEqual(['preparing']);
    expect(screen.status().alarm.active).toBe(false);
  }
  await one.restart();
  await harness.pass(20_000);
  expect(one.screen.ticket(id)).toBeDefined();
  expect(one.screen.notices()).toEqual([]);
});

it('[A3] accepted orders that arrived while the display was away are announced together, finished ones not', async () => {
  const { harness, one } = await open();
  one.network.setCable('cut');
  for (let i = 0; i < 5; i++) harness.server.placeAccepted();
  harness.server.change(harness.server.placeAccepted(), { status: 'completed' }, 'order_status_changed');
  one.network.setCable('whole');
  await harness.pass(60_000);
  expect(one.screen.notices().filter((code) => code.startsWith('order'))).toEqual(['orders_new']);
});

it('[A3] a first start and a snapshot announce nothing', async () => {
  const { harness, one } = await open();
  one.network.setCable('cut');
  harness.server.placeAccepted();
  harness.server.compact(0);
  one.network.setCable('whole');
  await harness.pass(60_000);
  const late = harness.openDisplay('v');
  await late.start();
  await harness.pass(1_000);
  for (const { screen } of [one, late]) {
    expect(screen.tickets()).toHaveLength(1);
    expect(screen.notices().filter((code) => code.startsWith('order'))).toEqual([]);
  }
});
