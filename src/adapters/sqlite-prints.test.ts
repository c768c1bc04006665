import { describe, expect, it } from 'vitest';
import { memoryQueue } from '#core/testing/memory-storage.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteQueue } from './sqlite-queue.ts';

const AT = Date.parse('2026-11-21T10:00:00.000Z');
const paper = { printerId: 'p', request: 'accepted a', orderId: 'a', state: 'waiting', at: AT } as const;

describe('[section 14] the ledger of papers', () => {
  it('takes each request of a printer once, and keeps their order', () => {
    const { store } = memoryQueue();
    store.addPrint(paper);
    store.addPrint({ ...paper, at: AT + 1 });
    store.addPrint({ ...paper, request: 'ready a' });
    store.addPrint({ ...paper, printerId: 'q' });
    expect(store.waitingPrints('p').map(({ request, at }) => [request, at])).toEqual([
      ['accepted a', AT],
      ['ready a', AT],
    ]);
    expect([store.hasPrint('q', 'accepted a'), store.hasPrint('q', 'ready a')]).toEqual([true, false]);
    store.removePrintsOf('p');
    expect([store.hasPrint('p', 'accepted a'), store.hasPrint('q', 'accepted a')]).toEqual([false, true]);
  });

  it('[section 16] what was being sent waits once more after a kill, as a reprint; a reprint is given up', () => {
    const { store } = memoryQueue();
    store.addPrint(paper);
    for (const waiting of [[true], []]) {
      for (const { id, reprint } of store.waitingPrints('p')) store.setPrint(id, { state: 'sending', reprint });
      expect(store.waitingPrints('p')).toEqual([]);
      store.recoverPrints();
      expect(store.waitingPrints('p').map(({ reprint }) => reprint)).toEqual(waiting);
    }
    expect(store.hasPrint('p', 'accepted a')).toBe(true);
    expect(store.mendNextRows()).toBe(false);
  });

  it('[ADR 54] a damaged row, which may have been printed, waits as a reprint', () => {
    const db = openDatabase({ file: ':memory:', migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' });
    const store = sqliteQueue(db);
    store.addPrint({ ...paper, state: 'printed' });
    db.exec('UPDATE prints SET at = at + 1');
    const mended = Array.from({ length: 20 }, () => store.mendNextRows());
    expect(mended).toContain(true);
    expect(store.waitingPrints('p')).toMatchObject([{ request: 'accepted a', reprint: true }]);
    store.close();
  });

  it('forgets old papers, but none that waits or of an order that is open', () => {
    const { store } = memoryQueue();
    for (const orderId of ['open', 'closed', 'waits', null])
      store.addPrint({
        ...paper,
        request: `${orderId}`,
        orderId,
        state: orderId === 'waits' ? 'waiting' : 'printed',
      });
    store.forgetPrintsBefore(AT, []);
    expect(store.hasPrint('p', 'closed')).toBe(true);
    store.forgetPrintsBefore(AT + 1, ['open']);
    expect(['open', 'closed', 'waits', 'null'].map((request) => store.hasPrint('p', request))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
