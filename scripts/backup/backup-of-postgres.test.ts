import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newPostgresDatabase, postgresUrl, type TestDatabase } from '#server/testing/postgres-databases.ts';
import { ADMIN, draft, makeShop, type Shop } from '#server/testing/shop.ts';
import { MORNING, postgresService, type TempService } from '#server/testing/temp-service.ts';
import { importFile } from '../import/import-file.ts';
import { backUp } from './back-up.ts';
import { restoreIntoPostgres } from './restore-into-postgres.ts';

describe.runIf(postgresUrl())('a PostgreSQL database', () => {
  let dir: string;
  let database: TestDatabase;
  let temp: TempService;
  let shop: Shop;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'ticketrail-backup-'));
    database = await newPostgresDatabase();
    temp = await postgresService({}, database);
    shop = await makeShop(temp.service);
  });
  afterEach(async () => {
    await temp.dispose();
    rmSync(dir, { recursive: true, force: true });
  });
  const headOf = async ({ service }: TempService) => service.log.head('main');
  async function empty(): Promise<TestDatabase> {
    const another = await newPostgresDatabase(null);
    onTestFinished(another.drop);
    return another;
  }

  it('is backed up while orders are placed, and restored into an empty one with another epoch', async () => {
    const known: string[] = [];
    let isOver = false;
    const load = (async () => {
      while (!isOver) known.push((await shop.place()).id);
    })();
    while (known.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = [...known];
    const backup = join(dir, 'backup.db');
    await backUp(database.url, backup);
    isOver = true;
    await load;
    expect(readdirSync(dir)).toEqual(['backup.db']);

    const another = await empty();
    await restoreIntoPostgres(backup, another.url, MORNING);
    const restored = await postgresService({}, another);
    onTestFinished(() => restored.dispose());
    for (const id of before)
      expect(await restored.service.orders.get(ADMIN, id)).toEqual(await temp.service.orders.get(ADMIN, id));
    const [was, is] = [await headOf(temp), await headOf(restored)];
    expect(is.epoch).not.toBe(was.epoch);
    expect(is.head).toBeGreaterThanOrEqual(before.length);
    expect((await restored.service.orders.create(ADMIN, 'main', draft())).order.seq).toBe(is.head + 1);
  });

  it('is not backed up if it is damaged, and nothing is left behind', async () => {
    await shop.place();
    await database.damage('update orders set total_minor = 1');
    await expect(backUp(database.url, join(dir, 'one.db'))).rejects.toThrow(/no copy was made.*1 damaged in orders/);
    await database.damage("update changes set hash = repeat('0', 64)");
    await expect(backUp(database.url, join(dir, 'two.db'))).rejects.toThrow(
      /no copy was made.*the log of the store main/,
    );
    expect(readdirSync(dir)).toEqual([]);
  });

  it('takes no backup unless it is empty, and stays as it was', async () => {
    const backup = join(dir, 'backup.db');
    await backUp(database.url, backup);
    await shop.place();
    const before = await headOf(temp);
    await expect(restoreIntoPostgres(backup, database.url, MORNING)).rejects.toThrow(/is not empty; create a database/);
    expect(await headOf(temp)).toEqual(before);
  });

  it('of another version is neither backed up nor imported into', async () => {
    await database.run('delete from migrations where number = (select max(number) from migrations)');
    await expect(backUp(database.url, join(dir, 'backup.db'))).rejects.toThrow(/a server of another version/);
    const other = await empty();
    await expect(backUp(other.url, join(dir, 'backup.db'))).rejects.toThrow(/a server of another version, or by none/);
  });

  it('takes the orders of an older system, once, after a copy was made', async () => {
    const file = join(dir, 'old.json');
    const row = {
      created_at: '2025-03-01T15:30:00Z',
      total: '29.50',
      items: [{ name: 'Khachapuri', quantity: 2, price: '14.75' }],
    };
    writeFileSync(
      file,
      JSON.stringify({
        orders: [
          { id: 1, status: 'new', ...row },
          { id: 2, status: 'delivered', ...row },
        ],
      }),
    );
    const lines: string[] = [];
    const run = () =>
      importFile({
        storeId: 'main',
        file,
        database: database.url,
        isDryRun: false,
        now: MORNING,
        copyTo: dir,
        say: (line) => void lines.push(line),
      });
    expect(await run()).toBe(0);
    expect(lines).toContain('imported 2, here already 0, refused 0');
    const copy = readdirSync(dir).find((name) => name.includes('before-import')) ?? '';
    const db = new Sqlite(join(dir, copy), { readonly: true });
    expect(db.prepare('select count(*) from orders').pluck().get()).toBe(0);
    db.close();
    expect(await run()).toBe(0);
    expect(lines.at(-1)).toBe('nothing is left to import');
    expect((await temp.service.orders.list({ storeId: 'main', limit: 9 })).orders).toHaveLength(2);
  });
});
