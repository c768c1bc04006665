import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeShop } from '../testing/shop.ts';
import { sqliteService, type TempService } from '../testing/temp-service.ts';

const DAY = 86_400_000;

async function start(): Promise<TempService & { file: string }> {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  return temp;
}

/** Which of these letters are in the index, in the bytes of its table and not as a query sees them. */
function lettersIn(file: string, letters: readonly string[]): string[] {
  const raw = new Sqlite(file, { readonly: true });
  const blocks = raw.prepare('select block from order_search_data').pluck().all() as Buffer[];
  raw.close();
  return letters.filter((group) => blocks.some((block) => block.includes(group)));
}

/** Overwrites blocks of the index: 10 is its table of contents, the letters come after it. */
function damageIndex(file: string, where: string): void {
  const raw = new Sqlite(file);
  raw.unsafeMode();
  raw.prepare(`update order_search_data set block = ? where ${where}`).run(Buffer.alloc(200, 0xff));
  raw.close();
}

describe('the search index on SQLite', () => {
  it('[S7] holds no letter of a customer who was changed, deleted or expired', async () => {
    const { service, file, clock } = await start();
    const { integration, place } = await makeShop(service);
    const customer = (name: string) => ({ customer: { name } });
    const changed = await place(customer('Qwy'));
    const deleted = await place(customer('Jzz'));
    await place({ ...customer('Vvw'), status: 'completed' });
    const letters = ['qwy', 'jzz', 'vvw'];
    await service.indexOrders();
    expect(lettersIn(file, letters)).toEqual(letters);
    await service.orders.patch(integration, changed.id, customer('Nino'), {});
    await service.orders.remove(integration, deleted.id, {});
    clock.now += 401 * DAY;
    await service.clean();
    expect(lettersIn(file, letters)).toEqual([]);
    await service.indexOrders();
    expect(lettersIn(file, letters)).toEqual([]);
    const { orders } = await service.orders.list({ storeId: 'main', q: 'nino', limit: 9 });
    expect(orders.map(({ id }) => id)).toEqual([changed.id]);
  });

  it('[R1] is rebuilt at the start if it is damaged', async () => {
    const temp = await start();
    const { place } = await makeShop(temp.service);
    for (let i = 0; i < 30; i++) await place({ customer: { name: `Guest ${i}` } });
    await temp.service.indexOrders();
    await temp.service.close();
    damageIndex(temp.file, 'id > 10');
    const service = await temp.open();
    const { orders } = await service.orders.list({ storeId: 'main', q: 'guest 17', limit: 9 });
    expect(orders.map(({ customer }) => customer?.name)).toEqual(['Guest 17']);
  });

  it('[R1] is rebuilt when a search or a change meets damage, and neither fails', async () => {
    const { service, file } = await start();
    const { integration, place } = await makeShop(service);
    const placed = [];
    for (let i = 0; i < 30; i++) placed.push(await place({ customer: { name: `Guest ${i}` } }));
    await service.indexOrders();
    const find = (q: string) => service.orders.list({ storeId: 'main', q, limit: 9 });
    damageIndex(file, 'id > 10');
    expect((await find('guest 17')).orders).toHaveLength(1);
    damageIndex(file, 'id = 10');
    const id = placed[17]?.id ?? '';
    await service.orders.patch(integration, id, { customer: { name: 'Nino' } }, {});
    expect((await find('nino')).orders).toHaveLength(1);
    damageIndex(file, 'id = 10');
    const finds = await Promise.all(Array.from({ length: 5 }, () => find('guest 18')));
    for (const { orders } of finds) expect(orders).toHaveLength(1);
  });

  it('accepts a row that another program inserted without a key, and its deletion', async () => {
    const { service, file } = await start();
    await makeShop(service);
    const raw = new Sqlite(file);
    raw.exec(`insert into orders (id, store_id, status, version, created_at, updated_at, total_minor, search, body)
      values ('x', 'main', 'pending', 1, '', '', 0, 'text', '{}')`);
    expect(raw.prepare('delete from orders').run().changes).toBe(1);
    raw.close();
  });
});
