import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, command, makeShop, refusalOf, type Shop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

describe('[C5] a command on which the server fails', () => {
  let temp: Awaited<ReturnType<typeof sqliteService>>;
  let shop: Shop;
  beforeEach(async () => {
    temp = await sqliteService();
    shop = await makeShop(temp.service);
  });
  afterEach(() => temp.dispose());

  /** Makes every change of the order fail. */
  function poison(orderId: string): void {
    const raw = new Sqlite(temp.file);
    raw.exec(`pragma application_id = 0; create trigger poison before update on orders when new.id = '${orderId}'
      begin select raise(abort, 'poison'); end`);
    raw.close();
  }

  it('is quarantined after its third try, keeps that answer and does not block others', async () => {
    const [poisoned, healthy] = [await shop.place(), await shop.place()];
    poison(poisoned.id);
    const at = temp.clock.now;
    const first = command(poisoned, 'acknowledge', {}, at);
    const batch = [first, command(healthy, 'acknowledge', {}, at, first.commandId)];
    const { results } = await temp.service.submitCommands(shop.display, batch);
    expect(results).toMatchObject([
      { commandId: first.commandId, outcome: 'rejected', code: 'quarantined', seq: 2 },
      { outcome: 'applied', seq: 3 },
    ]);
    expect(results[0]?.message).not.toMatch(/poison/i);
    expect(temp.logged).toEqual(['a command made the server fail; set aside']);
    const service = await temp.restart();
    expect((await service.submitCommands(shop.display, batch)).results).toEqual(
      results.map((result) => ({ ...result, replayed: true })),
    );
  });

  it('is neither answered nor stored while the database itself fails', async () => {
    const order = await shop.place();
    const seen = command(order, 'acknowledge', {}, temp.clock.now);
    const raw = new Sqlite(temp.file);
    raw.exec('begin immediate');
    // The service waits 5 s for the lock before it gives up.
    const refusal = await refusalOf(temp.service.submitCommands(shop.display, [seen]));
    raw.exec('rollback');
    raw.close();
    expect(refusal.code).toBe('unavailable');
    expect(await temp.service.knownCommands(shop.display.id, [seen.commandId])).toEqual([]);
    const { results } = await temp.service.submitCommands(shop.display, [seen]);
    expect(results).toMatchObject([{ outcome: 'applied' }]);
    expect(results[0]).not.toHaveProperty('replayed');
    expect(await temp.service.orders.history(ADMIN, order.id)).toHaveLength(2);
  });
});
