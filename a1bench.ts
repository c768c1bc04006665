import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
const trees = { before: '/work/main', after: '/work/wt/a1' };
async function open(tree: string, dir: string) {
  const { openDatabase } = await import(`${tree}/server/src/database/open-database.ts`);
  const { createWriteQueue } = await import(`${tree}/server/src/database/write-queue.ts`);
  const { createOrderService } = await import(`${tree}/server/src/orders/order-service.ts`);
  const { createStoreService } = await import(`${tree}/server/src/stores/store-service.ts`);
  const d = await openDatabase(`file:${join(dir, 'x.db')}`, { now: Date.now(), onTrouble() {}, onFault() {} });
  const queue = createWriteQueue({ db: d.db, laneOf: d.laneOf, onCommit() {} });
  const parts = { db: d.db, queue, door: queue, stats: null as never, now: Date.now };
  const stores = createStoreService(d.db, queue, Date.now);
  for (let i = 0; i < 20; i++) await stores.create({ id: `s${i}`, name: 'x', currency: 'GEL', timeZone: 'Asia/Tbilisi', settings: undefined });
  return { orders: createOrderService(parts), close: d.close };
}
const draft = { items: [{ name: 'Khachapuri', quantity: 2 }], currency: 'GEL', totalMinor: 2900 };
const caller = { role: 'integration', id: 'i', name: 'web', storeId: 's0' };
const shapes: Record<string, [number, number, number]> = { 'one at a time': [400, 1, 1], '50 at once, 1 store': [4000, 50, 1], '200 at once, 20 stores': [6000, 200, 20] };
const results: Record<string, Record<string, number[]>> = {};
const base = process.env.BENCH_DIR ?? '/tmp';
for (let round = 0; round < 5; round++)
  for (const tree of round % 2 ? ['after', 'before'] : ['before', 'after'])
    for (const [shape, [total, atOnce, stores]] of Object.entries(shapes)) {
      const dir = mkdtempSync(join(base, 'a1b-'));
      const { orders, close } = await open(trees[tree as 'before'], dir);
      const began = performance.now();
      for (let n = 0; n < total; n += atOnce)
        await Promise.all(Array.from({ length: atOnce }, (_, i) => { const s = `s${i % stores}`; return orders.create({ ...caller, storeId: s }, s, draft); }));
      const rate = total / ((performance.now() - began) / 1000);
      ((results[shape] ??= {})[tree] ??= []).push(rate);
      await close();
      rmSync(dir, { recursive: true });
    }
const median = (xs: number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)];
for (const [shape, by] of Object.entries(results)) console.log(shape, Object.entries(by).map(([t, xs]) => `${t} ${median(xs)?.toFixed(0)}/s (${xs.map((x) => x.toFixed(0)).join(' ')})`).join('  |  '));
