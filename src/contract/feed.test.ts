import { expect, it } from 'vitest';
import { feedChange } from './feed.ts';
import type { Change } from './sync.ts';

const change: Change = {
  seq: 7,
  type: 'order_status_changed',
  orderId: 'o1',
  at: '2026-11-21T10:00:00.000Z',
  by: { role: 'display', id: 'd1', name: 'Kitchen' },
  cause: { deviceId: 'd1', commandId: 'c1' },
  previousStatus: 'pending',
  reason: 'no fish',
  order: null,
};

it('[section 10] a change on the feed says what happened, not who did it', () => {
  expect(feedChange(change)).toEqual({
    type: 'order_status_changed',
    seq: 7,
    at: '2026-11-21T10:00:00.000Z',
    data: { order: null, orderId: 'o1', previousStatus: 'pending', reason: 'no fish' },
  });
  const { previousStatus: _, reason: __, ...bare } = change;
  expect(Object.keys(feedChange(bare).data)).toEqual(['order', 'orderId']);
});

it('a change without its order is an error: the feed sends each as it was', () => {
  const { order: _, ...without } = change;
  expect(() => feedChange(without)).toThrow('the change 7 comes without its order');
});
