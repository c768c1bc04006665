import { expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

const MINUTE = 60_000;
const CANCEL = { type: 'set_status', payload: { from: 'preparing', to: 'cancelled', reason: 'burnt' } } as const;

/** A display with one order on its rail, and a second display of the same kitchen. */
async function openHarness(order: Partial<Order> = { status: 'preparing' }) {
  const harness = createTestHarness({ sha256 });
  const { server, pass } = harness;
  const one = harness.openDisplay('t');
  const other = harness.openDisplay('u');
  await one.start();
  await other.start();
  const id = server.place(order);
  await pass(1_000);
  const shownAs = (screen = one.screen) => screen.ticket(id)?.ended?.from ?? null;
  async function clear(): Promise<void> {
    await one.display.call('seenMarks', { orderId: id, version: one.screen.ticket(id)?.order.version });
    await pass(100);
  }
  return { one, other, server, pass, id, shownAs, clear };
}

it('keeps an order that somebody else cancelled or rejected in its place until a person clears it', async () => {
  for (const [was, is] of [
    ['pending', 'rejected'],
    ['ready', 'cancelled'],
  ] as const) {
    const { server, pass, id, one, other, shownAs, clear } = await openHarness({ status: was });
    server.change(id, { status: is, reason: 'no' }, 'order_status_changed');
    await pass(100);
    expect(shownAs()).toBe(was);
    await pass(3 * 60 * MINUTE);
    server.change(id, { payment: { status: 'refunded', method: null } }, 'payment_updated');
    await pass(100);
    expect(shownAs()).toBe(was);
    await clear();
    expect(one.screen.ticket(id)).toBeUndefined();
    expect(shownAs(other.screen)).toBe(was);
    await one.restart();
    expect(one.screen.ticket(id)).toBeUndefined();
  }
});

it('shows it among the closed orders when cleared within the hour', async () => {
  const { server, pass, id, one, shownAs, clear } = await openHarness();
  server.cancel(id);
  await pass(100);
  await clear();
  expect(one.screen.ticket(id)?.order.status).toBe('cancelled');
  expect(shownAs()).toBeNull();
});

it('keeps it over restarts, hours of downtime and a snapshot', async () => {
  const { server, pass, id, one, shownAs } = await openHarness();
  server.cancel(id);
  await pass(100);
  await pass(2 * 60 * MINUTE);
  await one.restart();
  expect(shownAs()).toBe('preparing');
  one.network.setCable('cut');
  server.place();
  server.compact(0);
  one.network.setCable('whole');
  await pass(60_000);
  expect(one.screen.link()).toBe('live');
  expect(shownAs()).toBe('preparing');
});

it('shows an order cancelled while the link was down as last seen, whichever path the change takes', async () => {
  for (const compacted of [false, true]) {
    const { server, pass, id, one, shownAs } = await openHarness();
    one.network.setCable('cut');
    server.cancel(id);
    const unheard = server.place();
    server.cancel(unheard);
    if (compacted) server.compact(0);
    await pass(5 * 60 * MINUTE);
    await one.restart();
    one.network.setCable('whole');
    await pass(60_000);
    expect(shownAs()).toBe('preparing');
    expect(one.screen.ticket(unheard)?.ended ?? null).toBeNull();
  }
});

it('does not keep an order cancelled here, but keeps it on other screens', async () => {
  const { one, other, pass, id, shownAs } = await openHarness();
  one.network.setCable('cut');
  await one.screen.tap(id, CANCEL);
  await pass(100);
  expect(shownAs()).toBeNull();
  one.network.setCable('whole');
  await pass(60_000);
  expect(one.screen.ticket(id)).toMatchObject({ pending: false, ended: null, order: { status: 'cancelled' } });
  expect(shownAs(other.screen)).toBe('preparing');
});

it('keeps an order cancelled during an unanswered tap in the place that the tap moved it to', async () => {
  const { one, server, pass, id, shownAs } = await openHarness({ status: 'pending' });
  one.network.setCable('cut');
  await one.screen.bump(id, 'pending', 'preparing');
  server.cancel(id);
  one.network.loseAnswers(1);
  one.network.setCable('whole');
  await pass(60_000);
  expect(shownAs()).toBe('preparing');
});

it('drops the mark of a change once the order is cancelled', async () => {
  const { one, server, pass, id, shownAs } = await openHarness();
  server.change(id, { note: 'no salt' });
  await pass(100);
  expect(one.screen.ticket(id)?.marks).not.toBeNull();
  server.cancel(id);
  await pass(100);
  expect(one.screen.ticket(id)?.marks).toBeNull();
  expect(shownAs()).toBe('preparing');
});
