import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { group, launcherOf } from '../support/check.ts';
import { aCommand, chained } from '../support/drafts.ts';
import { bodyOf } from '../support/expect.ts';
import { StartOver } from '../support/shapes.ts';
import { command, knownOf, movedTo, openShop, orderNow, place, positionNow, syncPath } from '../support/shop.ts';

/** A server that was put back to yesterday's file, without anybody telling it (rules S1, S2 and C3). */
export const restore = group('restored from a backup', {
  '[S2] a display that has seen what was lost starts over, also when the log has grown past it again': async (
    trial,
  ) => {
    const launcher = launcherOf(trial);
    const backup = mkdtempSync(join(tmpdir(), 'conformance-backup-'));
    trial.after(() => rmSync(backup, { recursive: true, force: true }));

    const yesterday = await launcher.start();
    const shop = await openShop(yesterday);
    const order = await place(shop);
    await yesterday.stop();
    cpSync(yesterday.dir, backup, { recursive: true });

    const today = await launcher.start({}, yesterday.dir);
    const seen = movedTo(shop, today);
    const [one, two] = chained(
      aCommand(order, 'set_status', { from: 'pending', to: 'preparing' }),
      aCommand(order, 'set_priority', { priority: true }),
    );
    await command(seen, [one, two]);
    for (let i = 0; i < 3; i++) await place(seen);
    const stood = await positionNow(seen);
    await today.stop();

    rmSync(today.dir, { recursive: true });
    cpSync(backup, today.dir, { recursive: true });
    const restored = await launcher.start({}, today.dir);
    trial.after(() => restored.stop());
    const now = movedTo(shop, restored);
    const reason = async () => bodyOf(await now.display.get(syncPath(stood)), 200, StartOver).reason;
    assert.ok(['epoch', 'future'].includes(await reason()));
    for (let i = 0; i < 6; i++) await place(now);
    assert.ok(['epoch', 'hash'].includes(await reason()));

    // What the server forgot is sent again, and counts.
    assert.deepEqual(await knownOf(now, [one.commandId, two.commandId]), []);
    assert.equal((await command(now, [two])).expected, one.commandId);
    for (const { outcome } of (await command(now, [one, two])).results) assert.equal(outcome, 'applied');
    const { status, priority } = await orderNow(now, order.id);
    assert.deepEqual([status, priority], ['preparing', true]);
  },
});
