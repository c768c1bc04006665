import { describe, expect, it } from 'vitest';
import { PrinterDraft } from '#contract/printer.ts';
import type { DataService } from './create-service.ts';
import { DATABASES } from './testing/databases.ts';
import { createReplica } from './testing/replica.ts';
import { ADMIN, command, draft, makeShop, refusalOf, type Shop } from './testing/shop.ts';
import type { TempService } from './testing/temp-service.ts';

/** Rounds of each race; one that goes wrong once in fifty shows in a hundred. */
const ROUNDS = Number(process.env.ROUNDS ?? 3);

interface Race {
  a: DataService;
  b: DataService;
  shop: Shop;
  other: Shop;
  clock: TempService['clock'];
  round: number;
}

describe.each(DATABASES)('two services over one $database database', ({ start }) => {
  it('keep both of two patches of one order', () =>
    race(async ({ a, b, shop }) => {
      const { id } = await shop.place();
      await Promise.all([
        a.orders.patch(shop.integration, id, { note: 'no egg' }, {}),
        b.orders.patch(ADMIN, id, { table: '7' }, {}),
      ]);
      expect(await a.orders.get(ADMIN, id)).toMatchObject({ note: 'no egg', table: '7', version: 3 });
    }));

  it('accept one of two conflicting steps', () =>
    race(async ({ a, b, shop }) => {
      const { id } = await shop.place();
      const steps = await Promise.allSettled([
        a.orders.setStatus(ADMIN, id, 'preparing', {}),
        b.orders.setStatus(shop.integration, id, 'rejected', { reason: 'No cheese' }),
      ]);
      expect(steps.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const step of steps) if (step.status === 'rejected') expect(step.reason.code).toBe('invalid_transition');
      expect(await a.orders.history(ADMIN, id)).toHaveLength(2);
    }));

  it('perform a request with one Idempotency-Key once and give both its answer', () =>
    race(async ({ a, b, shop, round }) => {
      const { id } = await shop.place();
      const options = { idempotency: { key: `key ${round}`, request: 'r' } };
      const pay = ({ orders }: DataService) => orders.setPayment(shop.integration, id, { status: 'paid' }, options);
      const [one, two] = await Promise.all([pay(a), pay(b)]);
      expect(one).toEqual(two);
      expect(await a.orders.history(ADMIN, id)).toHaveLength(2);
    }));

  it('make one store, device, printer, webhook and source for one Idempotency-Key', () =>
    race(async ({ a, b, shop, round }) => {
      // A store has at most 20 printers and webhooks.
      if (round >= 20) return;
      const once = (kind: string) => ({ callerId: 'admin', key: `${kind} ${round}`, request: kind });
      const printer = PrinterDraft.parse({ name: 'Pass', address: '192.0.2.1:9100' });
      const store = { name: 'Branch', currency: 'GEL', timeZone: 'UTC', settings: undefined };
      const source = { kind: 'standard', name: 'Web' } as const;
      const kinds: ((service: DataService) => Promise<string>)[] = [
        async ({ stores }) => (await stores.create(store, once('store'))).id,
        async ({ printers }) => (await printers.create(shop.id, printer, once('printer'))).id,
        async ({ webhooks }) => (await webhooks.create(shop.id, { url: 'https://example.com/' }, once('webhook'))).id,
        async ({ sources }) => (await sources.create(shop.id, source, 'http://here', once('source'))).id,
        async ({ access }) =>
          (await access.createDevice(shop.id, { name: 'Till', role: 'integration' }, once('device'))).deviceId,
      ];
      for (const make of kinds) {
        const [one, two] = await Promise.all([make(a), make(b)]);
        expect(one).toBe(two);
      }
    }));

  it('let an admin use one Idempotency-Key in one store only', () =>
    race(async ({ a, b, shop, other, round }) => {
      const [here, there] = [await shop.place(), await other.place()];
      const remove = ({ orders }: DataService, id: string) =>
        orders.remove(ADMIN, id, { idempotency: { key: `key ${round}`, request: id } });
      const outcomes = await Promise.allSettled([remove(a, here.id), remove(b, there.id)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.status).toBe(422);
    }));

  it('[C2] apply one command once and give both its answer', () =>
    race(async ({ a, b, shop, clock }) => {
      const bump = command(await shop.place(), 'set_status', { from: 'pending', to: 'preparing' } as never, clock.now);
      const answers = await Promise.all([a, b].map((service) => service.submitCommands(shop.display, [bump])));
      const results = answers.flatMap((answer) => answer.results);
      expect(results.map(({ replayed = false }) => replayed).sort()).toEqual([false, true]);
      const [first, repeat] = results.map(({ replayed: _, ...result }) => result);
      expect(first).toEqual(repeat);
      expect(first).toMatchObject({ commandId: bump.commandId, outcome: 'applied' });
      expect(await a.orders.history(ADMIN, bump.orderId)).toHaveLength(2);
    }));

  it('create one order for one externalId, and one device for one pairing code', () =>
    race(async ({ a, b, shop, round }) => {
      const same = draft({ externalId: `web ${round}` });
      const orders = await Promise.all([a, b].map((one) => one.orders.create(shop.integration, shop.id, same)));
      expect(orders.map(({ created }) => created).sort()).toEqual([false, true]);
      expect(orders[0]?.order.id).toBe(orders[1]?.order.id);
      const { code } = await a.access.createPairingCode(shop.id);
      const paired = await Promise.allSettled([a, b].map((one) => one.access.redeemPairingCode(code, 'Tablet')));
      expect(paired.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }));

  it('[S1] commit groups of writes to two stores, without gaps in their logs', () =>
    race(async ({ a, b, shop, other }) => {
      const places = [a, b].flatMap((service) =>
        [shop, other].flatMap(({ integration, id }) =>
          Array.from({ length: 10 }, () => service.orders.create(integration, id, draft())),
        ),
      );
      const numbers = (await Promise.all(places)).map(({ order }) => `${order.storeId} ${order.number}`);
      expect(new Set(numbers).size).toBe(40);
    }));

  it('keep settings that are patched concurrently', () =>
    race(async ({ a, b, shop, round }) => {
      await Promise.all([
        a.stores.patch(shop.id, { settings: { displayWindowDays: 1 + (round % 7) } }),
        b.stores.patch(shop.id, { settings: { acknowledgeWithinSeconds: 60 + (round % 60) } }),
      ]);
      const { settings } = await a.stores.get(shop.id);
      expect(settings).toMatchObject({
        displayWindowDays: 1 + (round % 7),
        acknowledgeWithinSeconds: 60 + (round % 60),
      });
    }));

  it('keep what a store takes, also its preparation time, when it is patched concurrently', () =>
    race(async ({ a, b, shop, clock, round }) => {
      const busyUntil = new Date(clock.now + (round + 1) * 60_000).toISOString();
      const preparationMinutes = 10 + round;
      await Promise.all([
        a.availability.patch(shop.id, { busyUntil }),
        b.availability.patch(shop.id, { open: round % 2 === 0 }),
        a.availability.patch(shop.id, { preparationMinutes }),
        b.stores.patch(shop.id, { settings: { displayWindowDays: 1 + (round % 7) } }),
      ]);
      const state = await b.availability.get(shop.id);
      expect(state).toMatchObject({ busyUntil, open: round % 2 === 0, preparationMinutes });
      expect((await a.stores.get(shop.id)).settings.displayWindowDays).toBe(1 + (round % 7));
    }));

  it('accept a token for at most a second after the other revokes it', () =>
    race(async ({ a, b, shop, clock }) => {
      const { deviceId, token } = await a.access.createDevice(shop.id, { name: 'Lost', role: 'display' });
      expect(await b.access.callerOf(token)).toMatchObject({ id: deviceId });
      await a.access.revokeDevice(deviceId);
      clock.now += 1_000;
      expect(await b.access.callerOf(token)).toBeNull();
      expect((await refusalOf(b.access.revokeDevice(deviceId))).code).toBe('not_found');
    }));

  it('keep the newest cursor of a display, whichever stores it last', async () => {
    const { a, b } = await two();
    const shop = await makeShop(a.service);
    b.access.seen(shop.display.id, 5);
    a.service.access.seen(shop.display.id, 17);
    await a.service.close();
    await b.close();
    const devices = await (await a.restart()).access.listDevices(shop.id);
    expect(devices.find(({ deviceId }) => deviceId === shop.display.id)?.cursor).toBe(17);
  });

  /** `a.restart()` opens a fresh service once `b` is closed. */
  async function two() {
    const a = await start({ shared: true });
    return { a, b: await a.open() };
  }

  /** Runs the rounds; then a third service must find the logs of both stores complete and equal to the orders. */
  async function race(run: (race: Race) => Promise<void>): Promise<void> {
    const { a, b } = await two();
    const [shop, other] = [await makeShop(a.service), await makeShop(a.service, 'other')];
    for (let round = 0; round < ROUNDS; round++) await run({ a: a.service, b, shop, other, clock: a.clock, round });
    await b.close();
    const fresh = await a.restart();
    for (const { id } of [shop, other]) {
      const replica = createReplica(() => fresh, id);
      replica.standAt({ epoch: (await fresh.log.head(id)).epoch, cursor: 0, hash: null });
      await replica.follow();
      expect(replica.snapshots).toBe(0);
      for (const order of replica.orders.values()) expect(await fresh.orders.get(ADMIN, order.id)).toEqual(order);
    }
  }
});
