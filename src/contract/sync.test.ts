import { describe, expect, it } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import {
  BATCH_BYTES,
  BATCH_CHANGES,
  BEAT_MS,
  Changes,
  HelloAnswer,
  LIVE_WITHIN_MS,
  MAX_BATCHES_AHEAD,
  MAX_COMMANDS,
  MAX_MESSAGE_BYTES,
  Position,
  PROTOCOL,
  SyncAnswer,
} from './sync.ts';

const change = {
  seq: 1,
  type: 'order_created',
  orderId: 'a',
  at: '2026-11-21T10:00:00.000Z',
  by: { role: 'integration', id: 'd1', name: 'web' },
};
const batch = { epoch: 'e', from: 0, to: 1, hash: '0123456789abcdef', head: 1 };
const stand = { epoch: 'e', head: 1, serverTime: '2026-11-21T10:00:00.000Z', known: true };

it('[section 6] the limits and intervals of the protocol', () => {
  expect([PROTOCOL, BEAT_MS, LIVE_WITHIN_MS]).toEqual([1, 5_000, 12_000]);
  expect([MAX_MESSAGE_BYTES, BATCH_BYTES]).toEqual([262_144, 196_608]);
  expect([BATCH_CHANGES, MAX_BATCHES_AHEAD, MAX_COMMANDS]).toEqual([200, 4, 50]);
});

describe('[section 6] the order of a change', () => {
  it.each([
    ['whole', { order: anOrder() }],
    ['null when it was deleted', { order: null }],
    ['absent when a later change of the batch carries it', {}],
  ])('is %s', (_, order) => {
    const changes = { ...batch, changes: [{ ...change, ...order }] };
    expect(Changes.parse(changes)).toEqual(changes);
  });
  it('is never partial', () => {
    const { items: _, ...half } = anOrder();
    expect(Changes.safeParse({ ...batch, changes: [{ ...change, order: half }] }).success).toBe(false);
  });
});

describe('[S2] [S3] positions', () => {
  it('are empty the first time: epoch null, cursor 0, hash null', () => {
    expect(Position.parse({ epoch: null, cursor: 0, hash: null })).toBeDefined();
  });
  it.each([-1, 1.5, '1', null, Number.NaN])('have no cursor of %s', (cursor) => {
    expect(Position.safeParse({ epoch: 'e', cursor, hash: null }).success).toBe(false);
  });
  it('are answered delta, or snapshot with one of four reasons', () => {
    expect(HelloAnswer.parse({ ...stand, protocol: 1, mode: 'delta' })).toBeDefined();
    expect(SyncAnswer.parse({ ...stand, ...batch, mode: 'delta', changes: [] })).toBeDefined();
    for (const reason of ['epoch', 'future', 'too_old', 'hash'])
      expect(SyncAnswer.parse({ ...stand, mode: 'snapshot', reason })).toMatchObject({ reason });
    expect(SyncAnswer.safeParse({ ...stand, mode: 'snapshot' }).success).toBe(false);
  });
});

it('a message with an unknown field of a newer server is accepted', () => {
  expect(Changes.safeParse({ ...batch, changes: [{ ...change, order: anOrder(), later: 1 }] }).success).toBe(true);
});
