import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, command, makeShop, refusalOf, type Shop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

describe('a command that makes the server fail', () => {
  let temp: Awaited<ReturnType<typeof sqliteService>>;
  let shop: Shop;
  beforeEach(async () => {
    temp = await sqliteService();
    shop = await makeShop(temp.service);
  });
  afterEach(() => temp.dispose());

  /** From outside, as a fault of the disk or of an older version would. */
  function damage(orderId: string): void {
    const raw = new Sqlite(temp.file);
    raw.prepare("update orders set body = '{' where id = ?").run(orderId);
    raw.close();
  }

  it('[C5] is quarantined after its third try, blocks nobody, and keeps that answer', async () => {
    const [poisoned, healthy] = [await shop.place(), await shop.place()];
    damage(poisoned.id);
    const at = temp.clock.now;
    const batch = [command(1, poisoned, 'acknowledge', {}, at), command(2, healthy, 'acknowledge', {}, at)];
    const { results } = await temp.service.submitCommands(shop.display, batch);
    expect(results).toMatchObject([
      { n: 1, outcome: 'rejected', code: 'quarantined', seq: 2 },
      { n: 2, outcome: 'applied', seq: 3 },
    ]);
    expect(results[0]?.message).not.toMatch(/json|position/i);
    expect(temp.logged).toEqual(['a command made the server fail; set aside']);
    const service = await temp.restart();
    expect((await service.submitCommands(shop.display, batch)).results).toEqual(
      results.map((result) => ({ ...result, replayed: true })),
    );
  });

  it('[C5] is neither answered nor stored while the database itself fails', async () => {
    const order = await shop.place();
    const seen = command(1, order, 'acknowledge', {}, temp.clock.now);
    const raw = new Sqlite(temp.file);
    raw.exec('begin immediate');
    // It waits 5 s for whoever holds its file before it gives up.
    const refusal = await refusalOf(temp.service.submitCommands(shop.display, [seen]));
    raw.exec('rollback');
    raw.close();
    expect(refusal.code).toBe('unavailable');
    expect(await temp.service.log.lastN(shop.display.id)).toBe(0);
    const { results } = await temp.service.submitCommands(shop.display, [seen]);
    expect(results).toMatchObject([{ outcome: 'applied' }]);
    expect(results[0]).not.toHaveProperty('replayed');
    expect(await temp.service.orders.history(ADMIN, order.id)).toHaveLength(2);
  });
});
