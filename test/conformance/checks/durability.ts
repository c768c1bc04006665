import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check, group } from '../support/check.ts';
import { aCommand, type CommandDraft, chained } from '../support/drafts.ts';
import { bodyOf, eventually, orderOf, pluck } from '../support/expect.ts';
import { type Order, type Result, StartOver } from '../support/shapes.ts';
import { movedTo, openShop, syncPath } from '../support/shop.ts';
import { launcherOf, oncePerLauncher } from '../support/subject.ts';

/** Repeats `work` until the server is gone. */
async function untilItDies(work: () => Promise<void>): Promise<void> {
  for (;;)
    try {
      await work();
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      return;
    }
}

/** What a killed server had acknowledged, and the store on the server that replaced it. */
const aftermath = oncePerLauncher(async (launcher) => {
  const server = await launcher.start();
  const shop = await openShop({ ...server, after: () => {} });
  const commanded = await shop.place();
  const key = { 'idempotency-key': randomUUID() };
  const first = orderOf(await shop.patch(commanded.id, { note: 'first' }, key));
  orderOf(await shop.patch(commanded.id, { note: 'second' }));
  const before = await shop.position();

  const orders: Order[] = [];
  const commands: CommandDraft[] = [];
  const results: Result[] = [];
  const writer = () => untilItDies(async () => void orders.push(await shop.place({ externalId: randomUUID() })));
  const display = untilItDies(async () => {
    const dueAt = new Date(Date.UTC(2026, 0, 5) + commands.length * 60_000).toISOString();
    const one = aCommand(commanded, 'set_due', { dueAt }, { after: commands.at(-1)?.commandId ?? null });
    commands.push(one);
    results.push(...(await shop.command([one])).results);
  });
  const writers = Array.from({ length: 4 }, writer);
  await eventually('enough was acknowledged', () => orders.length >= 60 && results.length >= 15, 20_000);
  await server.stop('SIGKILL');
  await Promise.all([...writers, display]);

  const restarted = movedTo(shop, await launcher.start({}, server.dir));
  return { shop: restarted, before, orders, commanded, commands, results, key, first };
});
const afterKill =
  (look: (seen: Awaited<ReturnType<typeof aftermath>>) => Promise<void>): Check =>
  async (shop) =>
    look(await aftermath(shop));

/** `kill -9` loses nothing that was acknowledged (rules S1 and C2). */
export const durability = group('durability', {
  '[5] every order that was acknowledged survives kill -9 unchanged': afterKill(async ({ shop, orders }) => {
    for (const order of orders) assert.deepEqual(await shop.order(order.id), order);
  }),
  '[4] a repeat of externalId after kill -9 still gets the first order': afterKill(async ({ shop, orders }) => {
    for (const order of orders.slice(-5))
      assert.deepEqual(orderOf(await shop.create({ externalId: order.externalId })), order);
  }),
  '[C2] every command that was answered before kill -9 gets that answer again': afterKill(async (seen) => {
    for (let at = 0; at < seen.results.length; at += 50) {
      const first = seen.results.slice(at, at + 50);
      const { results } = await seen.shop.command(seen.commands.slice(at, at + first.length));
      const replayed = first.map((result) => ({ ...result, replayed: true }));
      assert.deepEqual(results, replayed);
    }
  }),
  '[C2] the command in flight at kill -9, sent again, happens once': afterKill(async (seen) => {
    const { shop, commanded, commands, results } = seen;
    const [open] = commands.slice(results.length);
    if (open) await shop.command([open]);
    const causes = (await shop.history(commanded.id)).flatMap(({ cause }) => cause?.commandId ?? []);
    assert.deepEqual(causes, pluck(commands, 'commandId'));
  }),
  '[S1] after kill -9 the log goes on in its epoch, without holes': afterKill(async ({ shop, before }) => {
    assert.equal((await shop.snapshot()).epoch, before.epoch);
    const { changes } = await shop.changes(before, 500);
    const numbers = changes.map((_, i) => before.cursor + i + 1);
    assert.deepEqual(pluck(changes, 'seq'), numbers);
  }),
  '[5] an Idempotency-Key is remembered over kill -9': afterKill(async ({ shop, commanded, key, first }) => {
    assert.deepEqual(orderOf(await shop.patch(commanded.id, { note: 'first' }, key)), first);
    assert.equal((await shop.order(commanded.id)).note, 'second');
  }),
});

/** A server whose file was silently restored from yesterday (rules S1, S2 and C3). */
export const restore = group('restored from a backup', {
  '[S2] a display that has seen what was lost starts over, also once the log is longer again': async (trial) => {
    const launcher = launcherOf(trial);
    const backup = mkdtempSync(join(tmpdir(), 'conformance-backup-'));
    trial.after(() => rmSync(backup, { recursive: true, force: true }));

    const yesterday = await launcher.start();
    const shop = await openShop({ ...trial, ...yesterday });
    const order = await shop.place();
    await yesterday.stop();
    cpSync(yesterday.dir, backup, { recursive: true });

    const today = await launcher.start({}, yesterday.dir);
    const seen = movedTo(shop, today);
    const [one, two] = chained(
      aCommand(order, 'set_status', { from: 'pending', to: 'preparing' }),
      aCommand(order, 'set_priority', { priority: true }),
    );
    await seen.command([one, two]);
    for (let i = 0; i < 3; i++) await seen.place();
    const stood = await seen.position();
    await today.stop();

    rmSync(today.dir, { recursive: true });
    cpSync(backup, today.dir, { recursive: true });
    const restored = await launcher.start({}, today.dir);
    trial.after(() => restored.stop());
    const now = movedTo(shop, restored);
    const reason = async () => bodyOf(await now.display.get(syncPath(stood)), 200, StartOver).reason;
    assert.ok(['epoch', 'future'].includes(await reason()));
    for (let i = 0; i < 6; i++) await now.place();
    assert.ok(['epoch', 'hash'].includes(await reason()));

    // The display sends again what the server lost, and it counts.
    assert.deepEqual(await now.known([one.commandId, two.commandId]), []);
    assert.equal((await now.command([two])).expected, one.commandId);
    assert.deepEqual(pluck((await now.command([one, two])).results, 'outcome'), ['applied', 'applied']);
    const { status, priority } = await now.order(order.id);
    assert.deepEqual([status, priority], ['preparing', true]);
  },
});
