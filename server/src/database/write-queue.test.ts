import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../testing/shop.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';
import { createWriteQueue, type Write, type WriteQueue, withSavepoint } from './write-queue.ts';

describe('the write door', () => {
  let sqlite: Sqlite.Database;
  let db: Kysely<Tables>;
  let door: WriteQueue;
  let transactions: number;
  let committed: number;
  let troubles: unknown[];

  beforeEach(() => {
    [transactions, committed, troubles] = [0, 0, []];
    const verbose = (text: unknown) => void (text === 'begin immediate' && transactions++);
    sqlite = new Sqlite(':memory:', { verbose });
    sqlite.exec('create table stores (id text primary key) strict');
    db = new Kysely({ dialect: sqliteDialect(sqlite, (error) => troubles.push(error)) });
    door = createWriteQueue({ db, onCommit: (entries) => (committed += entries.length) });
  });
  afterEach(async () => {
    await door.close();
    sqlite.close();
  });

  const add = (id: string) => async (write: Write) => {
    await write.tx
      .insertInto('stores')
      .values({ id } as never)
      .execute();
    write.entries.push({} as never);
    return id;
  };
  const stored = () => sqlite.prepare('select id from stores order by id').pluck().all();

  it('takes what arrives together into one transaction, in the order of arrival', async () => {
    const answers = await Promise.all(['c', 'a', 'b'].map((id) => door.write(add(id))));
    expect(answers).toEqual(['c', 'a', 'b']);
    expect(transactions).toBe(1);
    expect(committed).toBe(3);
  });

  it('takes what arrives during a transaction into the next', async () => {
    let inner: Promise<string> | undefined;
    await door.write(async (write) => {
      inner = door.write(add('b'));
      await add('a')(write);
    });
    expect(stored()).toEqual(['a']);
    expect(await inner).toBe('b');
    expect(transactions).toBe(2);
  });

  it('undoes a job that throws alone, and tells only its caller', async () => {
    const wrong = async (write: Write) => {
      await add('x')(write);
      throw new Error('wrong');
    };
    const answers = await Promise.allSettled([door.write(add('a')), door.write(wrong), door.write(add('b'))]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored()).toEqual(['a', 'b']);
    expect(committed).toBe(2);
  });

  it('undoes a part of a job that throws, and the job goes on', async () => {
    await door.write(async (write) => {
      await add('a')(write);
      await withSavepoint(write, 'part', async () => {
        await add('x')(write);
        throw new Error('wrong');
      }).catch(() => undefined);
      await add('b')(write);
    });
    expect(stored()).toEqual(['a', 'b']);
    expect(committed).toBe(2);
  });

  it('refuses all of a group as unavailable when the database fails, stores none of it, and works on afterwards', async () => {
    sqlite.pragma('max_page_count = 3');
    const big = (id: string) => add(`${id}${'x'.repeat(20_000)}`);
    const answers = await Promise.all(
      [door.write(add('a')), door.write(big('b')), door.write(add('c'))].map(refusalOf),
    );
    expect(answers.map(({ code }) => code)).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(answers[0]?.message).not.toMatch(/sql/i);
    expect(troubles).not.toEqual([]);
    expect(stored()).toEqual([]);
    expect(committed).toBe(0);
    expect(await door.write(add('a'))).toBe('a');
    expect(stored()).toEqual(['a']);
  });

  it('stores nothing when the commit itself fails', async () => {
    sqlite.exec('create table child (id text references stores(id) deferrable initially deferred) strict');
    const orphan = async ({ tx }: Write) =>
      void (await tx
        .insertInto('child' as never)
        .values({ id: 'none' } as never)
        .execute());
    const answers = await Promise.allSettled([door.write(add('a')), door.write(orphan)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(stored()).toEqual([]);
    expect(await door.write(add('a'))).toBe('a');
  });

  it('finishes what has arrived when it closes, and refuses what comes later', async () => {
    const last = door.write(add('a'));
    await door.close();
    expect(await last).toBe('a');
    expect((await refusalOf(door.write(add('b')))).code).toBe('unavailable');
    await door.close();
  });
});
