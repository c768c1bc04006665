import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUTO_ACCEPT, type Change } from '#contract/sync.ts';
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

  it('[A3] does not end between the creation of an order and its acceptance by the server', () => {
    const change = (seq: number, orderId: string, type: Change['type'], by: Change['by']): LogEntry => {
      const one = { seq, type, orderId, at: '', by, order: {} } as unknown as Change;
      return logEntry({ storeId: 'main', epoch: 'e' }, one, String(seq), '{}');
    };
    const shop = { role: 'integration', id: 'shop', name: 'shop' } as const;
    const all = [
      change(1, 'a', 'order_created', shop),
      change(2, 'b', 'order_created', shop),
      change(3, 'b', 'order_status_changed', AUTO_ACCEPT),
    ];
    const taken = (entries: readonly LogEntry[], limit: number): number[] => {
      const batch = createBatch(limit, 1_000_000);
      entries.every((one) => batch.add(one));
      return batch.changes().map(({ seq }) => seq);
    };
    expect(taken(all, 3)).toEqual([1, 2, 3]);
    expect(taken(all, 2)).toEqual([1]);
    expect(taken(all.slice(1), 1)).toEqual([2]);
    expect(taken([...all.slice(0, 2), change(3, 'b', 'order_status_changed', shop)], 2)).toEqual([1, 2]);
  });
});
