import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '#test/support/until.ts';
import { createService } from '../create-service.ts';
import { newPostgresDatabase, postgresUrl, type TestDatabase } from '../testing/postgres-databases.ts';
import { makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';
import { LeaseLost, type Term } from './term.ts';

const WORK = 'dishes';
const LEASE_MS = 2_400;
/** Longer than a lease and the looks that follow its end. */
const SOON_MS = 10_000;

/** A server that does the work when it may. */
async function worker(database: TestDatabase) {
  const service = await createService({
    databaseUrl: database.url,
    adminToken: null,
    log: { info() {}, warn() {}, error() {} },
    leaseMs: LEASE_MS,
  });
  onTestFinished(() => service.close());
  const terms: Term[] = [];
  const one = {
    service,
    terms,
    working: false,
    isHolder: () => service.leases.works().get(WORK) === true,
  };
  const stop = await service.leases.run(WORK, (term) => {
    terms.push(term);
    one.working = true;
    return () => {
      one.working = false;
    };
  });
  return Object.assign(one, { stop });
}

async function two() {
  const database = await newPostgresDatabase();
  onTestFinished(database.drop);
  const a = await worker(database);
  const b = await worker(database);
  expect([a.working, b.working]).toEqual([true, false]);
  return { database, a, b, term: a.terms[0] as Term };
}

/** Ends the first lease again and again, as if it was not extended in time. */
const expire = (database: TestDatabase) => database.run('update leases set expires_at = 0 where fence = 1');

describe.runIf(postgresUrl())('[section 15] work of several servers', () => {
  it('is done by one, and by another at once when that one stops', async () => {
    const { a, b } = await two();
    await sleep(LEASE_MS + 1_000);
    expect([a.isHolder(), a.working, b.isHolder()]).toEqual([true, true, false]);
    await a.stop();
    expect(a.working).toBe(false);
    await until('the other', () => b.working && b.isHolder(), SOON_MS);
    await b.stop();
    expect(b.working).toBe(false);
  });

  it('is taken over from one that is gone', async () => {
    const { a, b } = await two();
    await a.service.close();
    await until('the other', () => b.working, SOON_MS);
  });

  it('is not written by a server that has lost it, and no longer done there', async () => {
    const { database, a, b, term } = await two();
    await makeShop(a.service);
    await until('the other', async () => (await expire(database)) && b.working, SOON_MS);
    let ran = false;
    const write = term.queue.write('main', async () => {
      ran = true;
    });
    await expect(write).rejects.toThrow(LeaseLost);
    expect(ran).toBe(false);
    await until('the end of it', () => !a.working && term.signal.aborted, SOON_MS);
    await expect(term.confirm()).rejects.toThrow(LeaseLost);
    expect(b.working).toBe(true);
  });

  it('is not told by a server that was paused, even before that has looked whether it still has it', async () => {
    const { database, term } = await two();
    await term.confirm();
    await database.run(`update leases set holder = 'another', fence = fence + 1, expires_at = expires_at + 3600`);
    // Nothing of this process runs meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LEASE_MS);
    await expect(term.confirm()).rejects.toThrow(LeaseLost);
  });

  it('is not taken over before a write that has begun has ended, whose lease is extended meanwhile', async () => {
    const { database, a, b, term } = await two();
    await makeShop(a.service);
    let isHeld = true;
    const write = term.queue.write('main', async ({ tx }) => {
      // The database would end an idle transaction.
      for (; isHeld; await sleep(100)) await tx.selectFrom('stores').select('id').execute();
      await tx.updateTable('stores').set({ name: 'written' }).where('id', '=', 'main').execute();
    });
    await sleep(LEASE_MS + 500);
    expect([a.isHolder(), b.working]).toEqual([true, false]);
    for (let i = 0; i < 20; i++) await expire(database).then(() => sleep(50));
    expect(b.working).toBe(false);
    isHeld = false;
    await write;
    await until('the other', async () => (await expire(database)) && b.working, SOON_MS);
  });

  it('is taken over if its lease ends far in the future, because the clock of the database was set back', async () => {
    const { database, a, b } = await two();
    await a.service.close();
    await database.run(`update leases set expires_at = expires_at + 86400000`);
    await until('the other', () => b.working, SOON_MS);
  });

  it('that does not start leaves the lease to others, and is tried again', async () => {
    const database = await newPostgresDatabase();
    onTestFinished(database.drop);
    const { service } = await worker(database);
    let tries = 0;
    const stop = await service.leases.run('pans', () => {
      tries += 1;
      if (tries === 1) throw new Error('no soap');
      return () => {};
    });
    await until('a second try', () => service.leases.works().get('pans') === true, SOON_MS);
    await stop();
    expect(tries).toBe(2);
  });
});

it('the only server of a file does all work at once', async () => {
  const temp = await sqliteService();
  onTestFinished(temp.dispose);
  const stop = await temp.service.leases.run(WORK, async ({ queue, confirm, signal }) => {
    await confirm();
    expect(await queue.write(null, async () => signal.aborted)).toBe(false);
    return () => {};
  });
  expect([...temp.service.leases.works()]).toEqual([[WORK, true]]);
  await stop();
  expect([...temp.service.leases.works()]).toEqual([]);
});
