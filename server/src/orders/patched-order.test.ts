import { describe, expect, it } from 'vitest';
import { type Order, OrderPatch } from '#contract/order.ts';
import { draft } from '../testing/shop.ts';
import { newOrder } from './new-order.ts';
import { patchedOrder } from './patched-order.ts';

const AT = '2026-11-21T10:00:00.000Z';
const LATER = '2026-11-21T10:05:00.000Z';

function order(over: Parameters<typeof draft>[0]): Order {
  return { ...newOrder(draft(over), { id: 'o', storeId: 'main', number: '1', at: AT }), seq: 1 };
}
const patch = (before: Order, body: object) => patchedOrder(before, OrderPatch.parse(body), LATER);
const items = (...names: string[]) => names.map((name) => ({ name, quantity: 1 }));

describe('a new order', () => {
  it('gives items without ids the ids i1, i2 …, skipping taken ones', () => {
    const { items } = order({
      items: [
        { name: 'a', quantity: 1 },
        { id: 'i1', name: 'b', quantity: 1 },
        { name: 'c', quantity: 1 },
      ],
    });
    expect(items.map(({ id }) => id)).toEqual(['i2', 'i1', 'i3']);
  });

  it.each([
    [[null, null], 1],
    [[2, 3], 2],
    [[null, 3], 3],
    [[99], 99],
  ])('[C6] with items of courses %j starts with course %d', (courses, fired) => {
    expect(order({ items: courses.map((course) => ({ name: 'x', quantity: 1, course })) }).firedCourse).toBe(fired);
  });

  it('treats an empty text, and a customer without data, as absent', () => {
    const made = order({ note: '', table: '', customer: { name: '' }, payment: { status: 'paid', method: '' } });
    expect(made).toMatchObject({ note: null, table: null, customer: null, payment: { method: null } });
  });
});

describe('a PATCH', () => {
  it('[section 4] that changes nothing returns undefined', () => {
    const before = order({ items: items('a', 'a', 'b'), customer: { name: 'Nino' }, note: 'x', dueAt: LATER });
    for (const body of [
      {},
      { items: items('a', 'a', 'b') },
      { items: before.items },
      { note: 'x' },
      { customer: {} },
      { dueAt: LATER },
    ])
      expect(patch(before, body)).toBeUndefined();
  });

  it('raises the version by one and sets the time', () => {
    expect(patch(order({}), { priority: true })).toMatchObject({
      priority: true,
      version: 2,
      updatedAt: LATER,
      createdAt: AT,
    });
  });

  it('[section 4] replaces all items; one with a known id keeps its done', () => {
    const before = order({ items: items('a', 'b') });
    const done = { ...before, items: before.items.map((item) => ({ ...item, done: true })) };
    const after = patch(done, { items: [{ id: 'i2', name: 'b', quantity: 3 }, ...items('c')] });
    expect(after?.items.map(({ id, name, quantity, done }) => [id, name, quantity, done])).toEqual([
      ['i2', 'b', 3, true],
      ['i3', 'c', 1, false],
    ]);
  });

  it('matches an item without an id only if it is equal; a new item is never done', () => {
    const before = order({ items: items('a', 'b') });
    const done = { ...before, items: before.items.map((item) => ({ ...item, done: true })) };
    const after = patch(done, { items: items('soup', 'b', 'b') });
    expect(after?.items.map(({ id, done }) => [id, done])).toEqual([
      ['i3', false],
      ['i2', true],
      ['i4', false],
    ]);
  });

  it('[section 4] clears a field by an empty text, also of a customer; null counts as absent', () => {
    const before = order({ note: 'x', table: '7', customer: { name: 'Nino', phone: '1' } });
    const after = patch(before, { note: '', table: null, customer: { phone: '', ref: 'u1' } });
    expect(after).toMatchObject({ note: null, table: '7', customer: { ref: 'u1', name: 'Nino', phone: null } });
    expect(patch(before, { customer: { name: '', phone: '' } })?.customer).toBeNull();
  });

  it('fires the first course of new items, and never holds a fired course', () => {
    const before = order({ items: [{ name: 'a', quantity: 1, course: 2 }] });
    const courses = (...all: number[]) => ({ items: all.map((course) => ({ name: 'x', quantity: 1, course })) });
    expect(patch(before, courses(3, 4))?.firedCourse).toBe(3);
    expect(patch(before, courses(1, 4))?.firedCourse).toBe(2);
  });
});
