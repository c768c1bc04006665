import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../testing/shop.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import { lockStores } from './lock-stores.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';
import { type Commit, createWriteQueue, type Write, type WriteQueue, withSavepoint } from './write-queue.ts';

describe('the write queue', () => {
  let sqlite: Sqlite.Database;
  let db: Kysely<Tables>;
  let queue: WriteQueue;
  let statements: string[];
  let committed: number;
  let faults: unknown[];
  let outcomes: Commit['outcome'][];

  beforeEach(() => {
    [statements, committed, faults, outcomes] = [[], 0, [], []];
    sqlite = new Sqlite(':memory:', { verbose: (text) => statements.push(String(text)) });
    sqlite.exec('create table stores (id text primary key) strict');
    sqlite.exec('create table store_logs (store_id text primary key, head integer) strict');
    db = new Kysely({ dialect: sqliteDialect(sqlite, (error) => faults.push(error)) });
    queue = createQueue(() => 'all');
  });
  afterEach(async () => {
    await queue.close();
    sqlite.close();
  });

  const createQueue = (
    laneOf: (storeId: string | null) => string,
    wasCommitted?: (entries: readonly unknown[]) => Promise<boolean>,
  ) =>
    createWriteQueue({
      ...(wasCommitted && { wasCommitted }),
      writes: db,
      laneOf,
      lock: lockStores,
      verify() {},
      onCommit: (entries) => (committed += entries.length),
      onDone: ({ outcome }) => outcomes.push(outcome),
    });
  const transactions = () => statements.filter((text) => text === 'begin immediate').length;
  const add = (id: string) => async (write: Write) => {
    await write.tx
      .insertInto('stores')
      .values({ id } as never)
      .execute();
    write.entries.push({} as never);
    return id;
  };
  /** Makes SQLite fail at a statement while `error` returns an error. */
  function failAt(statement: string, error: () => Error | false): void {
    const prepare = sqlite.prepare.bind(sqlite);
    sqlite.prepare = ((text: string) => {
      const real = prepare(text);
      if (text !== statement) return real;
      const run = (...parameters: unknown[]) => {
        const failure = error();
        if (failure) throw failure;
        return real.run(...parameters);
      };
      return { reader: false, run };
    }) as typeof sqlite.prepare;
  }
  const stored = () => sqlite.prepare('select id from stores order by id').pluck().all();

  it('runs writes that arrive together in one transaction, in order of arrival', async () => {
    const answers = await Promise.all(['c', 'a', 'b'].map((id) => queue.write(null, add(id))));
    expect(answers).toEqual(['c', 'a', 'b']);
    expect(transactions()).toBe(1);
    expect(committed).toBe(3);
  });

  it('runs writes that arrive during a transaction in the next one', async () => {
    let inner: Promise<string> | undefined;
    await queue.write(null, async (write) => {
      inner = queue.write(null, add('b'));
      await add('a')(write);
    });
    expect(stored()).toEqual(['a']);
    expect(await inner).toBe('b');
    expect(transactions()).toBe(2);
  });

  it('runs few writes in one transaction, and lets stores take turns', async () => {
    const many = Array.from({ length: 100 }, (_, i) => queue.write('a', add(`a${100 + i}`)));
    const one = queue.write('b', add('b'));
    await one;
    expect(stored()).toHaveLength(32);
    await Promise.all(many);
    expect(transactions()).toBe(4);
    await Promise.all(['c', 'd'].map((id) => queue.write(null, add(id), 50)));
    expect(transactions()).toBe(6);
  });

  it('locks the row of each store, in one order, before the first job of a transaction', async () => {
    await Promise.all([
      queue.write('b', add('1')),
      queue.write(null, add('2')),
      queue.write('a', add('3')),
      queue.write('b', add('4')),
    ]);
    const begin = statements.indexOf('begin immediate');
    const lock = (storeId: string) =>
      `update "store_logs" set "head" = "head" where "store_id" = '${storeId}' returning *`;
    expect(statements.slice(begin + 1, begin + 4)).toEqual([lock('a'), lock('b'), 'savepoint "job"']);
  });

  it('shares a transaction within a lane of the database, and never between lanes', async () => {
    const perStore = createQueue((storeId) => storeId ?? 'none');
    const write = (storeId: string | null, id: string) => perStore.write(storeId, add(id));
    await Promise.all([write('a', '1'), write('b', '2'), write('a', '3'), write(null, '4'), write('b', '5')]);
    expect(stored()).toEqual(['1', '2', '3', '4', '5']);
    expect(transactions()).toBe(3);
    await Promise.all([write('a', '6'), perStore.close()]);
    expect(stored()).toContain('6');
  });

  it('rolls back only the job that throws, and rejects only its caller', async () => {
    const wrong = async (write: Write) => {
      await add('x')(write);
      throw new Error('wrong');
    };
    const answers = await Promise.allSettled([
      queue.write(null, add('a')),
      queue.write(null, wrong),
      queue.write(null, add('b')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored()).toEqual(['a', 'b']);
    expect(committed).toBe(2);
  });

  it('rolls back only the part of a job that throws, and the job continues', async () => {
    await queue.write(null, async (write) => {
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

  it('rejects a group as unavailable if the database fails, stores none of it, and works afterwards', async () => {
    sqlite.pragma('max_page_count = 3');
    const big = (id: string) => add(`${id}${'x'.repeat(20_000)}`);
    const answers = await Promise.all(
      [queue.write(null, add('a')), queue.write(null, big('b')), queue.write(null, add('c'))].map(refusalOf),
    );
    expect(answers.map(({ code }) => code)).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(answers[0]?.message).not.toMatch(/sql/i);
    expect(faults).not.toEqual([]);
    expect(stored()).toEqual([]);
    expect(committed).toBe(0);
    expect(await queue.write(null, add('a'))).toBe('a');
    expect(stored()).toEqual(['a']);
  });

  it('retries a transaction if the database is busy, and answers once it is durable', async () => {
    let runs = 0;
    failAt('insert into "stores" ("id") values (?)', () => ++runs < 3 && new Sqlite.SqliteError('busy', 'SQLITE_BUSY'));
    expect(await Promise.all([queue.write(null, add('a')), queue.write(null, add('b'))])).toEqual(['a', 'b']);
    expect([runs, transactions(), committed, outcomes]).toEqual([4, 3, 2, ['durable']]);
  });

  it('gives up after a bounded number of tries and reports that nothing was changed', async () => {
    failAt('begin immediate', () => new Sqlite.SqliteError('busy', 'SQLITE_BUSY'));
    const refusal = await refusalOf(queue.write(null, add('a')));
    expect([refusal.code, refusal.message]).toEqual(['unavailable', expect.stringContaining('nothing was changed')]);
    expect(outcomes).toEqual(['undone']);
    expect(stored()).toEqual([]);
  });

  it('answers neither done nor not done if the commit fails on disk, and does not retry', async () => {
    let runs = 0;
    failAt('commit', () => {
      sqlite.exec('commit');
      return new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
    });
    const job = async (write: Write) => {
      runs++;
      return add('a')(write);
    };
    const refusal = await refusalOf(queue.write(null, job));
    expect([refusal.code, refusal.message]).toEqual(['unavailable', expect.stringContaining('may have been done')]);
    expect(refusal.message).not.toContain('nothing was changed');
    expect([runs, committed, outcomes]).toEqual([1, 0, ['unknown']]);
  });

  it.each([
    ['was committed is answered, and not done twice', true, { runs: 1, answer: 'a', committed: 1 }],
    ['was not committed is done again', false, { runs: 2, answer: 'a', committed: 1 }],
  ])('a write of which it is found out that it %s', async (_found, was, expected) => {
    let fails = true;
    failAt('commit', () => {
      if (!fails) return false;
      fails = false;
      sqlite.exec(was ? 'commit' : 'rollback');
      return new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
    });
    let looks = 0;
    queue = createQueue(
      () => 'all',
      async (entries) => {
        looks++;
        if (looks < 3) throw new DatabaseUnavailable('retry', undefined);
        expect(entries).toHaveLength(1);
        return was;
      },
    );
    let runs = 0;
    const answer = await queue.write(null, (write) => {
      runs++;
      return add('a')(write);
    });
    await queue.close();
    expect({ runs, answer, committed }).toEqual(expected);
    expect([looks, outcomes, stored()]).toEqual([3, ['durable'], ['a']]);
  });

  it('stores nothing if the commit fails', async () => {
    sqlite.exec('create table child (id text references stores(id) deferrable initially deferred) strict');
    const orphan = async ({ tx }: Write) =>
      void (await tx
        .insertInto('child' as never)
        .values({ id: 'none' } as never)
        .execute());
    const answers = await Promise.allSettled([queue.write(null, add('a')), queue.write(null, orphan)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(stored()).toEqual([]);
    expect(await queue.write(null, add('a'))).toBe('a');
  });

  it('finishes pending writes when it closes, and refuses later ones', async () => {
    const last = queue.write(null, add('a'));
    await queue.close();
    expect(await last).toBe('a');
    expect((await refusalOf(queue.write(null, add('b')))).code).toBe('unavailable');
    await queue.close();
  });
});
