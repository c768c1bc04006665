import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Check, group, type Launcher } from '../support/check.ts';
import type { Answer } from '../support/client.ts';
import { aCommand, aDraft } from '../support/drafts.ts';
import { bodyOf, orderOf } from '../support/expect.ts';
import { oncePerLauncher } from '../support/once-per-launcher.ts';
import { CommandAnswer, type Order, type Result } from '../support/shapes.ts';
import {
  changesFrom,
  command,
  historyOf,
  movedTo,
  openShop,
  orderNow,
  place,
  positionNow,
  type Shop,
  snapshotOf,
} from '../support/shop.ts';
import { eventually } from '../support/waiting.ts';

/** What a killed server had acknowledged, and the shop on the server that was started in its place. */
interface Aftermath {
  shop: Shop;
  before: { epoch: string; cursor: number; hash: string | null };
  orders: Order[];
  commanded: Order;
  commands: ReturnType<typeof aCommand>[];
  results: Result[];
  keyed: { headers: Record<string, string>; first: Order };
}

/** Repeats until the server is gone, whatever it is doing at that moment. */
async function untilItDies(work: () => Promise<void>): Promise<void> {
  for (;;)
    try {
      await work();
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      return;
    }
}

async function killUnderLoad(launcher: Launcher): Promise<Aftermath> {
  const server = await launcher.start();
  const shop = await openShop(server);
  const commanded = await place(shop);
  const headers = { 'idempotency-key': randomUUID() };
  const first = orderOf(await shop.integration.patch(`/orders/${commanded.id}`, { note: 'first' }, headers));
  orderOf(await shop.integration.patch(`/orders/${commanded.id}`, { note: 'second' }));
  const before = await positionNow(shop);

  const orders: Order[] = [];
  const commands: Aftermath['commands'] = [];
  const results: Result[] = [];
  const post = async (): Promise<Answer> => shop.integration.post('/orders', aDraft({ externalId: randomUUID() }));
  const writers = Array.from({ length: 4 }, () =>
    untilItDies(async () => void orders.push(orderOf(await post(), 201))),
  );
  const display = untilItDies(async () => {
    const dueAt = new Date(Date.UTC(2026, 0, 5) + commands.length * 60_000).toISOString();
    const after = commands.at(-1)?.commandId ?? null;
    const one = aCommand(commanded, 'set_due', { dueAt }, { after });
    commands.push(one);
    results.push(...bodyOf(await shop.display.post('/commands', { commands: [one] }), 200, CommandAnswer).results);
  });
  await eventually('enough was acknowledged', () => orders.length >= 60 && results.length >= 15, 20_000);
  await server.stop('SIGKILL');
  await Promise.all([...writers, display]);

  const next = await launcher.start({}, server.dir);
  return { shop: movedTo(shop, next), before, orders, commanded, commands, results, keyed: { headers, first } };
}

const aftermath = oncePerLauncher(killUnderLoad);
const afterKill =
  (look: (aftermath: Aftermath) => Promise<void>): Check =>
  async (trial) =>
    look(await aftermath(trial));

/** Nothing that was acknowledged is lost by kill -9 (rules S1 and C2). */
export const durability = group('durability', {
  '[5] every order that was acknowledged survives kill -9, as it was told': afterKill(async ({ shop, orders }) => {
    for (const order of orders) assert.deepEqual(await orderNow(shop, order.id), order);
  }),

  '[4] a repeat of externalId after kill -9 still gets the first order': afterKill(async ({ shop, orders }) => {
    for (const order of orders.slice(-5))
      assert.deepEqual(
        orderOf(await shop.integration.post('/orders', aDraft({ externalId: order.externalId })), 200),
        order,
      );
  }),

  '[C2] every command that was answered before kill -9 gets that answer again': afterKill(
    async ({ shop, commands, results }) => {
      const answered = commands.slice(0, results.length);
      for (let at = 0; at < answered.length; at += 50) {
        const told = await command(shop, answered.slice(at, at + 50));
        assert.deepEqual(
          told.results,
          results.slice(at, at + 50).map((result) => ({ ...result, replayed: true })),
        );
      }
    },
  ),

  '[C2] the command in flight at kill -9, sent again, happens once': afterKill(
    async ({ shop, commanded, commands, results }) => {
      const [open] = commands.slice(results.length);
      if (open) await command(shop, [open]);
      const causes = (await historyOf(shop, commanded.id)).flatMap(({ cause }) => cause?.commandId ?? []);
      assert.deepEqual(
        causes,
        commands.map(({ commandId }) => commandId),
      );
    },
  ),

  '[S1] after kill -9 the log goes on in its epoch, without holes': afterKill(async ({ shop, before }) => {
    assert.equal((await snapshotOf(shop)).epoch, before.epoch);
    const { changes } = await changesFrom(shop, before, 500);
    assert.deepEqual(
      changes.map(({ seq }) => seq),
      changes.map((_, i) => before.cursor + i + 1),
    );
  }),

  '[5] an Idempotency-Key is remembered over kill -9': afterKill(
    async ({ shop, commanded, keyed: { headers, first } }) => {
      assert.deepEqual(
        orderOf(await shop.integration.patch(`/orders/${commanded.id}`, { note: 'first' }, headers)),
        first,
      );
      assert.equal((await orderNow(shop, commanded.id)).note, 'second');
    },
  ),
});
