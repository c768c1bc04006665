import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { PrinterDraft } from '#contract/printer.ts';
import { until } from '#test/support/until.ts';
import type { Once } from '../../idempotency/once.ts';
import { type CommitProxy, createCommitProxy } from '../../testing/commit-proxy.ts';
import { newPostgresDatabase, postgresUrl, type TestDatabase } from '../../testing/postgres-databases.ts';
import { ADMIN, command, draft, makeShop, refusalOf, type Shop } from '../../testing/shop.ts';
import { postgresService, type TempService } from '../../testing/temp-service.ts';

describe.runIf(postgresUrl())('when PostgreSQL fails', () => {
  let database: TestDatabase;
  let proxy: CommitProxy;
  let temp: TempService;
  let shop: Shop;
  beforeEach(async () => {
    database = await newPostgresDatabase();
    proxy = await createCommitProxy(database.url);
    temp = await postgresService({}, { ...database, url: proxy.url });
    onTestFinished(async () => {
      await temp.dispose();
      await proxy.close();
    });
    shop = await makeShop(temp.service);
  });
  const place = (externalId?: string) => temp.service.orders.create(shop.integration, 'main', draft({ externalId }));
  const seqs = async () => (await database.run('select seq from changes order by seq')).map(({ seq }) => Number(seq));

  it('an order whose COMMIT was carried out, and its answer lost, is answered once and stored once', async () => {
    proxy.cutAt('after');
    const { order, created } = await place();
    expect({ seq: order.seq, created, left: proxy.left() }).toEqual({ seq: 1, created: true, left: 0 });
    expect(await seqs()).toEqual([1]);
    expect(await temp.service.orders.get(ADMIN, order.id)).toEqual(order);
  });

  it('an order whose COMMIT never arrived is stored after all, once', async () => {
    proxy.cutAt('before', 'before', 'after');
    const { order } = await place('web-1');
    expect([order.seq, proxy.left()]).toEqual([1, 0]);
    expect(await seqs()).toEqual([1]);
    expect(await place('web-1')).toEqual({ order, created: false });
  });

  it('[C2] a tap whose COMMIT has lost its answer is applied once, and is in the ledger', async () => {
    const { order } = await place();
    const tap = command(order, 'set_priority', { priority: true }, temp.clock.now);
    const submit = async () => (await temp.service.submitCommands(shop.display, [tap])).results[0];
    proxy.cutAt('after');
    expect(await submit()).toMatchObject({ outcome: 'applied', seq: 2 });
    expect(await submit()).toMatchObject({ outcome: 'applied', seq: 2, replayed: true });
    expect(await seqs()).toEqual([1, 2]);
  });

  it('a write that changes no log, whose COMMIT has lost its answer, is answered as neither done nor not done', async () => {
    proxy.cutAt('after');
    const refused = await refusalOf(temp.service.access.createDevice('main', { name: 'Bar', role: 'display' }));
    expect(refused).toMatchObject({ code: 'unavailable', fault: 'unknown' });
  });

  it('a repeat with its Idempotency-Key makes no second one of what a COMMIT without an answer has made', async () => {
    const { access, printers, webhooks, sources, stores } = temp.service;
    const printer = PrinterDraft.parse({ name: 'Pass', address: '192.0.2.1:9100' });
    const store = { name: 'Branch', currency: 'GEL', timeZone: 'UTC', settings: undefined };
    const makes: Record<string, (once: Once) => Promise<unknown>> = {
      devices: (once) => access.createDevice('main', { name: 'Bar', role: 'integration' }, once),
      printers: (once) => printers.create('main', printer, once),
      webhooks: (once) => webhooks.create('main', { url: 'https://example.com/' }, once),
      sources: (once) => sources.create('main', { kind: 'standard', name: 'Web' }, 'http://here', once),
      stores: (once) => stores.create(store, once),
    };
    for (const [table, make] of Object.entries(makes)) {
      const rows = async () => (await database.run(`select id from ${table}`)).length;
      const before = await rows();
      const once = { callerId: 'admin', key: table, request: table };
      proxy.cutAt('after');
      expect(await refusalOf(make(once)), table).toMatchObject({ code: 'unavailable', fault: 'unknown' });
      await make(once);
      expect(await rows(), table).toBe(before + 1);
    }
  });

  it('a code whose answer was lost pairs the same display again', async () => {
    const { access } = temp.service;
    const { code } = await access.createPairingCode('main');
    const pair = () => access.redeemPairingCode(code, 'Tablet', 'a random key');
    proxy.cutAt('after');
    expect(await refusalOf(pair())).toMatchObject({ code: 'unavailable', fault: 'unknown' });
    const { deviceId, token } = await pair();
    expect(await access.callerOf(token)).toMatchObject({ id: deviceId });
    expect((await access.listDevices('main')).filter(({ name }) => name === 'Tablet')).toHaveLength(1);
  });

  it('a display that was revoked by a COMMIT without an answer counts no more', async () => {
    const { access, receipts } = temp.service;
    receipts.polled(shop.display, 0);
    receipts.polled(shop.display2, 0);
    const live = () => receipts.presence('main').displays.map(({ deviceId }) => deviceId);
    expect(live()).toHaveLength(2);
    proxy.cutAt('after');
    expect(await refusalOf(access.revokeDevice(shop.display.id))).toMatchObject({ code: 'unavailable' });
    await until('it is forgotten', () => live().length === 1, 10_000);
    expect(live()).toEqual([shop.display2.id]);
  });

  it('a session that the server ends in the middle of a transaction loses nothing', async () => {
    const ends = async () => {
      for (let i = 0; i < 20; i++) {
        await sleep(10);
        await database.run(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`);
      }
    };
    const orders = Array.from({ length: 40 }, (_, i) => placeUntilStored(`web-${i}`));
    const [ids] = await Promise.all([Promise.all(orders), ends()]);
    expect(new Set(ids).size).toBe(40);
    expect(await seqs()).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('[C5] a store that another program keeps locked for a while makes taps wait, and quarantines none', async () => {
    const { order } = await place();
    const other = new Client(database.url);
    await other.connect();
    await other.query(`begin; select * from store_logs where store_id = 'main' for update`);
    const tap = command(order, 'set_priority', { priority: true }, temp.clock.now);
    const answer = temp.service.submitCommands(shop.display, [tap]);
    // Another store goes on.
    const elsewhere = await makeShop(temp.service, 'other');
    await elsewhere.place();
    await sleep(1_500);
    await other.query('commit');
    await other.end();
    expect((await answer).results).toMatchObject([{ outcome: 'applied' }]);
  });

  it('that is away refuses reads and writes as unavailable, and works again when it is back', async () => {
    await place('web-1');
    proxy.cut(true);
    expect(await refusalOf(place('web-2'))).toMatchObject({ code: 'unavailable' });
    expect(await refusalOf(temp.service.ready())).toMatchObject({ code: 'unavailable' });
    proxy.cut(false);
    await temp.service.ready();
    expect((await place('web-2')).created).toBe(true);
    expect(await seqs()).toEqual([1, 2]);
  });

  it('two writes that lock each other are both done', async () => {
    const other = await makeShop(temp.service, 'other');
    const second = await temp.open();
    const idempotency = (key: string) => ({ idempotency: { key, request: 'r' } });
    // An admin's keys are of all stores: each group claims both, in another order.
    for (let round = 0; round < 5; round++) {
      const [here, there] = [await shop.place(), await other.place()];
      const pay = (one: typeof second, id: string, key: string) =>
        one.orders.setPayment(ADMIN, id, { status: 'paid' }, idempotency(`${key} ${round}`));
      await Promise.allSettled([
        pay(temp.service, here.id, 'a'),
        pay(temp.service, here.id, 'b'),
        pay(second, there.id, 'b'),
        pay(second, there.id, 'a'),
      ]).then((all) => {
        // The second to use a key gets its answer, or that it was used for another request; never a failure.
        for (const one of all) if (one.status === 'rejected') expect(one.reason.code).toBe('invalid_request');
      });
    }
  });

  /** As a till that repeats its request. */
  async function placeUntilStored(externalId: string): Promise<string> {
    for (;;) {
      try {
        return (await place(externalId)).order.id;
      } catch (error) {
        expect(error).toMatchObject({ code: 'unavailable' });
      }
    }
  }
});
