import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { ADMIN, draft, makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';
import { type Incoming, type Outgoing, TooLargeForBroker } from './broker.ts';
import { createIntake, type IntakeParts } from './create-intake.ts';

describe('messages from Kafka', () => {
  let temp: Awaited<ReturnType<typeof sqliteService>>;
  let letters: Outgoing[];
  beforeEach(async () => {
    temp = await sqliteService();
    await makeShop(temp.service);
    letters = [];
  });
  afterEach(() => temp.dispose());

  const intake = (over: Partial<IntakeParts> = {}) =>
    createIntake({
      orders: temp.service.orders,
      broker: { publish: async (messages) => void letters.push(...messages) },
      prefix: 'p.',
      onOrder() {},
      onMessage() {},
      log: { warn() {} },
      ...over,
    });
  const message = (topic: string, offset: number, value: object, timestamp = '1'): Incoming => ({
    ...{ topic: `p.${topic}`, partition: 0, offset: `${offset}`, timestamp, key: null },
    value: Buffer.from(JSON.stringify(value)),
  });
  const create = (offset: number, timestamp?: string) =>
    message('order.create', offset, { storeId: 'main', order: draft({ externalId: undefined }) }, timestamp);
  const orders = async () => (await temp.service.orders.list({ storeId: 'main', limit: 200 })).orders;

  it('that come again after a crash are carried out once, also orders without an externalId', async () => {
    for (const _ of [1, 2]) {
      await intake()([create(7)]);
      await temp.restart();
    }
    const [order, ...others] = await orders();
    expect(others).toEqual([]);
    const move = (offset: number, status: string) =>
      message('order.status', offset, { storeId: 'main', orderId: order?.id, status });
    for (const _ of [1, 2]) await intake()([move(1, 'preparing'), move(2, 'ready'), move(3, 'preparing')]);
    expect(letters).toEqual([]);
    expect((await orders())[0]).toMatchObject({ status: 'preparing', version: 4 });
  });

  it('of a topic that was made again are new ones, though their offsets begin again', async () => {
    await intake()([create(0, '1000')]);
    await intake()([create(0, '2000')]);
    expect(await orders()).toHaveLength(2);
  });

  it('of one batch become orders numbered in their order', async () => {
    await intake()(
      Array.from({ length: 20 }, (_, i) =>
        message('order.create', i, { storeId: 'main', order: draft({ externalId: `e${i}` }) }),
      ),
    );
    const numbers = new Map((await orders()).map(({ externalId, number }) => [externalId, Number(number)]));
    expect(Array.from({ length: 20 }, (_, i) => numbers.get(`e${i}`))).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('cannot reach an order of another store', async () => {
    await makeShop(temp.service, 'other');
    const { order } = await temp.service.orders.create(ADMIN, 'other', draft());
    await intake()([message('order.status', 1, { storeId: 'main', orderId: order.id, status: 'preparing' })]);
    expect(letters[0]?.headers).toMatchObject({ error: 'not_found', origin: 'p.order.status/0/1' });
  });

  it('wait while the database or the broker does not answer, and are never refused for it', async () => {
    const away = new DatabaseUnavailable('away', new Error('gone'));
    const failing = { ...temp.service.orders, create: () => Promise.reject(away) };
    await expect(intake({ orders: failing })([create(1)])).rejects.toBe(away);
    expect(letters).toEqual([]);
    const broker = { publish: () => Promise.reject(new Error('no leader')) };
    await expect(intake({ broker })([message('order.create', 2, {})])).rejects.toThrow('no leader');
  });

  it('that make the server fail are refused after their third try', async () => {
    let tries = 0;
    const failing = { ...temp.service.orders, create: () => Promise.reject(new Error(`bug ${++tries}`)) };
    await intake({ orders: failing })([create(1)]);
    expect([tries, letters[0]?.headers.error]).toEqual([3, 'internal']);
    expect(letters[0]?.headers.message).not.toContain('bug');
  });

  it('that the broker does not take back are refused without their value', async () => {
    const publish = async (messages: readonly Outgoing[]) => {
      if (messages.some(({ value }) => value !== null)) throw new TooLargeForBroker('too large');
      letters.push(...messages);
    };
    await intake({ broker: { publish } })([message('order.create', 3, { huge: true })]);
    expect(letters).toMatchObject([{ value: null, headers: { origin: 'p.order.create/0/3' } }]);
  });
});
