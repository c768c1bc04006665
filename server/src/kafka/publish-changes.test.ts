import { describe, expect, it } from 'vitest';
import type { Change } from '#contract/sync.ts';
import { type Outgoing, TooLargeForBroker } from './broker.ts';
import { publishChanges } from './publish-changes.ts';

/** A broker that takes at most so many bytes at a time. */
function setUp(most: number) {
  const taken: Outgoing[] = [];
  let refused = 0;
  const reader = publishChanges({
    broker: {
      async publish(messages) {
        const bytes = messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
        if (bytes > most) throw new TooLargeForBroker('too large');
        taken.push(...messages);
      },
    },
    prefix: 'p.',
    onPublished() {},
    onRefused: () => void refused++,
    onBehind() {},
    log: { warn() {} },
  });
  return { reader, taken, refused: () => refused };
}

const change = (seq: number, reason = ''): Change => ({
  ...{ seq, type: 'order_updated', orderId: `o${seq}`, at: '2026-11-21T06:00:00.000Z', reason, order: null },
  by: { role: 'admin', id: 'admin', name: 'admin' },
});
const batch = (changes: Change[]) => ({
  ...{ storeId: 'main', epoch: 'e', from: 0, to: changes.length, hash: null, head: changes.length, changes },
});

describe('changes for a broker that takes little at a time', () => {
  it('are published in parts, in their order', async () => {
    const { reader, taken, refused } = setUp(1_000);
    const changes = Array.from({ length: 11 }, (_, i) => change(i + 1));
    await reader.handle([batch(changes)]);
    expect(taken.map(({ value }) => JSON.parse(String(value)).seq)).toEqual(changes.map(({ seq }) => seq));
    expect(refused()).toBe(0);
  });

  it('do not wait for one that it never takes: that is a dead letter, which names it', async () => {
    const { reader, taken, refused } = setUp(1_000);
    await reader.handle([batch([change(1), change(2, 'x'.repeat(2_000)), change(3)])]);
    expect(taken.map(({ topic, key, headers }) => [topic, key, headers.id, headers.error])).toEqual([
      ['p.order.changed', 'main:o1', 'e-main-1', undefined],
      ['p.dead-letter', 'main:o2', 'e-main-2', 'too_large'],
      ['p.order.changed', 'main:o3', 'e-main-3', undefined],
    ]);
    expect(refused()).toBe(1);
  });
});
