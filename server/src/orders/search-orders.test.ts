import { describe, expect, it, onTestFinished } from 'vitest';
import type { Status } from '#contract/status.ts';
import { addManyOrders } from '../testing/many-orders.ts';
import { makeShop } from '../testing/shop.ts';
import { MORNING, sqliteService } from '../testing/temp-service.ts';

/** More than one request examines. */
const MANY = 6_000;

/** A store with many orders; every third was rejected, and the oldest is Adam's. */
async function start(count: number) {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const { service, file } = temp;
  await makeShop(service);
  await addManyOrders(file, {
    storeId: 'main',
    count,
    newest: MORNING,
    over: (i) => ({ status: i % 3 ? 'completed' : 'rejected', ...(i === 0 && { customer: { name: 'Adam Ng' } }) }),
  });
  await service.indexOrders();
  return service;
}

describe('a search through more orders than one request examines', () => {
  it('finds each once in several requests, by two letters and by more, in a status and in a span of time', async () => {
    const service = await start(MANY);
    const find = async (query: { q: string; status?: Status[]; from?: string; to?: string }) => {
      const found: string[] = [];
      const sizes: number[] = [];
      for (let before: string | null | undefined; before !== null; ) {
        const page = await service.orders.list({ storeId: 'main', limit: 200, ...query, ...(before && { before }) });
        found.push(...page.orders.map(({ id }) => id));
        sizes.push(page.orders.length);
        before = page.nextBefore;
      }
      expect(new Set(found).size).toBe(found.length);
      return { found: found.length, pages: sizes.length, sizes };
    };
    // Examines all, in more than one request.
    expect(await find({ q: 'ng' })).toEqual({ found: 1, pages: 2, sizes: [0, 1] });
    // The index has it.
    expect(await find({ q: 'adam' })).toMatchObject({ found: 1, pages: 1 });
    expect(await find({ q: 'khachapuri', status: ['rejected'] })).toMatchObject({ found: MANY / 3 });
    expect(await find({ q: 'khachapuri', status: ['pending'] })).toEqual({ found: 0, pages: 2, sizes: [0, 0] });
    const minute = (n: number) => new Date(MORNING - n * 60_000).toISOString();
    const span = { from: minute(5_555), to: minute(5_500) };
    expect(await find({ q: 'khachapuri', ...span })).toMatchObject({ found: 56, pages: 1 });
    expect(await find({ q: 'ri', ...span })).toMatchObject({ found: 56, pages: 1 });
  }, 60_000);

  it('stops when nobody waits for it', async () => {
    const service = await start(600);
    const gone = new AbortController();
    const search = service.orders.list({ storeId: 'main', limit: 9, q: 'zz' }, gone.signal);
    gone.abort();
    await expect(search).rejects.toThrow(/abort/);
  }, 60_000);
});
