import { expect, it } from 'vitest';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
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
