import { describe, expect, it } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { createReplica } from '../testing/replica.ts';
import { ADMIN, command, draft, makeShop } from '../testing/shop.ts';
import type { TempService } from '../testing/temp-service.ts';

const DAY = 86_400_000;

/** Sets the clock; no time passes. */
function setAhead(temp: TempService, ms: number): void {
  temp.clock.now += ms;
  temp.clock.ahead += ms;
}

describe.each(DATABASES)('a clock that jumps by years, on $database', ({ start }) => {
  for (const years of [-25, 25])
    it(`[S1] ${years} years and back: numbers, hashes, displays and their commands continue`, async () => {
      const temp = await start();
      const shop = await makeShop(temp.service);
      const replica = createReplica(() => temp.service, 'main');
      const order = await shop.place();
      await replica.follow();
      setAhead(temp, years * 365 * DAY);
      await shop.place();
      const intent = command(order, 'set_status', { from: 'pending', to: 'preparing' }, temp.clock.now);
      const answer = await temp.service.submitCommands(shop.display, [intent]);
      expect(answer.results).toMatchObject([{ outcome: 'applied' }]);
      await replica.follow();
      setAhead(temp, -years * 365 * DAY);
      await shop.place();
      expect((await temp.service.submitCommands(shop.display, [intent])).results).toMatchObject([
        { outcome: 'applied', replayed: true },
      ]);
      await temp.restart();
      await temp.service.orders.create(ADMIN, 'main', draft());
      await replica.follow();
      const { orders } = await temp.service.orders.list({ storeId: 'main', limit: 50 });
      expect(replica.orders).toEqual(new Map(orders.map((one) => [one.id, one])));
      expect([replica.position.cursor, replica.snapshots]).toEqual([5, 1]);
    });

  it('[C4] a tap that seems years old is answered as stale, not lost', async () => {
    const temp = await start();
    const shop = await makeShop(temp.service);
    const order = await shop.place();
    const tapped = temp.clock.now;
    setAhead(temp, 3_000 * DAY);
    const intent = command(order, 'set_status', { from: 'pending', to: 'preparing' }, tapped);
    const { results } = await temp.service.submitCommands(shop.display, [intent]);
    expect(results).toMatchObject([{ outcome: 'rejected', code: 'stale', order: { id: order.id } }]);
  });
});

describe.each(DATABASES)('[S7] data with a retention time, on $database', ({ start }) => {
  /** A closed order and an answer to a command, both from the given moment. */
  async function kept(temp: TempService) {
    const shop = await makeShop(temp.service);
    const order = await shop.place();
    const intent = command(order, 'set_status', { from: 'pending', to: 'rejected', reason: 'no' }, temp.clock.now);
    await temp.service.submitCommands(shop.display, [intent]);
    return async () => {
      await temp.service.clean();
      const { results } = await temp.service.submitCommands(shop.display, [intent]);
      return [results[0]?.outcome, (await temp.service.orders.history(ADMIN, order.id)).length];
    };
  }

  it('is not deleted after the clock jumps ahead, and the log says why', async () => {
    const temp = await start();
    const look = await kept(temp);
    setAhead(temp, 20 * 365 * DAY);
    expect(await look()).toEqual(['applied', 2]);
    expect(temp.logged.join('\n')).toMatch(/The clock has jumped: it says 2046-11-\d\d, and 2026-11-21 was expected\./);
    setAhead(temp, -20 * 365 * DAY);
    expect(await look()).toEqual(['applied', 2]);
  });

  it('is not deleted by a server that starts with a wrong clock', async () => {
    const temp = await start();
    const look = await kept(temp);
    setAhead(temp, 20 * 365 * DAY);
    await temp.restart();
    expect(await look()).toEqual(['applied', 2]);
    expect(temp.logged.join('\n')).toMatch(/The clock has jumped: it says 2046-11-\d\d, and 2026-11-21 was expected\./);
  });

  it('is deleted normally if the machine gets the time only after its start', async () => {
    const temp = await start();
    await kept(temp);
    setAhead(temp, -50 * 365 * DAY);
    await temp.restart();
    setAhead(temp, 50 * 365 * DAY + 3 * DAY);
    temp.clock.now += 36 * DAY;
    expect((await temp.service.clean()).answers).toBe(1);
  });

  it('is deleted on time, on a server that never stopped and on one that was off for a month', async () => {
    const temp = await start();
    const look = await kept(temp);
    temp.clock.now += 30 * DAY;
    await temp.restart();
    expect((await temp.service.clean()).answers).toBe(0);
    temp.clock.now += 36 * DAY;
    expect((await temp.service.clean()).answers).toBe(1);
    expect((await look())[0]).toBe('already');
  });

  it('is not deleted by a second start with a wrong clock, by which the first has dated changes', async () => {
    const temp = await start();
    const look = await kept(temp);
    setAhead(temp, 365 * DAY);
    await temp.restart();
    await temp.service.orders.create(ADMIN, 'main', draft());
    await temp.restart();
    expect(await look()).toEqual(['applied', 2]);
  });

  it('is not deleted early if it was written before the machine got the time', async () => {
    const temp = await start();
    setAhead(temp, -50 * 365 * DAY);
    await temp.restart();
    const look = await kept(temp);
    setAhead(temp, 50 * 365 * DAY);
    expect((await look())[0]).toBe('applied');
  });
});
