import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '#contract/sync.ts';
import { createBatch } from './batch.ts';
import { type LogEntry, logEntry } from './entry.ts';

const entry = (seq: number, orderId: string, size: number): LogEntry => {
  const order = size < 0 ? null : { note: 'é'.repeat(size) };
  const by = { role: 'system', id: 's', name: 's' } as const;
  const change = { seq, type: 'order_updated', orderId, at: '', by, order } as unknown as Change;
  return logEntry({ storeId: 'main', epoch: 'e' }, change, String(seq), JSON.stringify(order));
};

describe('a batch', () => {
  it('[section 6] fills up to its limits and carries each order once, at its last change', () => {
    const entries = fc
      .array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), size: fc.integer({ min: -1, max: 60 }) }), {
        minLength: 1,
      })
      .map((all) => all.map(({ id, size }, i) => entry(i + 1, id, size)));
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 200, max: 2_000 }), (all, limit, max) => {
        const batch = createBatch(limit, max);
        const taken = all.findIndex((one) => !batch.add(one));
        const changes = batch.changes();
        const bytes = (list: Change[]) => Buffer.byteLength(JSON.stringify(list).slice(1, -1)) + 1;
        expect(changes).toHaveLength(taken < 0 ? all.length : taken);
        expect(changes.length).toBeLessThanOrEqual(limit);
        if (changes.length > 1) expect(bytes(changes)).toBeLessThanOrEqual(max);
        for (const [i, change] of changes.entries()) {
          const isLast = changes.findLastIndex(({ orderId }) => orderId === change.orderId) === i;
          expect('order' in change).toBe(isLast);
        }
        expect(batch.last()).toBe(all[changes.length - 1]);
        if (taken >= 0 && taken < limit) {
          const longer = createBatch(1_000, 1_000_000);
          for (const one of all.slice(0, taken + 1)) longer.add(one);
          expect(bytes(longer.changes())).toBeGreaterThan(max);
        }
      }),
    );
  });

  it('[section 10] with every order, carries each change as it was, and counts all of it', () => {
    const all = [entry(1, 'a', 100), entry(2, 'a', 100), entry(3, 'a', 100)];
    const bytes = (count: number) => all.slice(0, count).reduce((sum, one) => sum + one.bytes + 1, 0);
    const batch = createBatch(10, bytes(2), 'every');
    expect(all.map((one) => batch.add(one))).toEqual([true, true, false]);
    expect(batch.changes()).toEqual([all[0]?.change, all[1]?.change]);
  });
});
