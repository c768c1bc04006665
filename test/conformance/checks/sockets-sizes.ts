import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { areContinuous, caughtUp, connect, liveDisplay } from '../support/display-link.ts';
import { aCommand, bigDraft, chained } from '../support/drafts.ts';
import { statusIs } from '../support/expect.ts';
import { openShop, place, startOfLog } from '../support/shop.ts';

const BATCH_BYTES = 192 * 1024;
const MESSAGE_BYTES = 256 * 1024;

/** Bytes on the wire (contract, section 6). */
export const socketsSizes = group('message sizes', {
  '[6] a batch closes before 192 KiB': async (trial) => {
    const shop = await openShop(trial);
    const start = await startOfLog(shop);
    const sizes = [110, 100, 60, 60, 60, 40, 40, 40, 40, 100, 20, 20, 90];
    for (const kib of sizes) await place(shop, bigDraft(kib));
    const link = await connect(trial, shop.display.token);
    await link.hello(start);
    await caughtUp(link, sizes.length);
    for (const { bytes } of link.of('changes')) assert.ok(bytes < BATCH_BYTES, `a batch of ${bytes} bytes`);
    areContinuous(link, 0);
  },

  '[6] no message is over 256 KiB, whatever order was taken': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    // Short names, many of them: what is left out on the way in is written out on the way down.
    const terse = Array.from({ length: 200 }, () => ({
      name: 'a',
      quantity: 1,
      modifiers: Array(45).fill({ name: 'a' }),
    }));
    const loud = Array.from({ length: 60 }, () => ({ name: '"', quantity: 1, note: '"\\'.repeat(500) }));
    for (const items of [terse, loud]) {
      const answer = await shop.integration.post('/orders', { items, currency: 'GEL', totalMinor: 1 });
      statusIs(answer, 201, 400, 413);
    }
    const { seq } = await place(shop);
    await caughtUp(link, seq);
    for (const { bytes } of link.messages) assert.ok(bytes <= MESSAGE_BYTES, `a message of ${bytes} bytes`);
    areContinuous(link, 0);
  },

  '[6] results past 192 KiB are left out and asked for again': async (trial) => {
    const shop = await openShop(trial);
    const link = await connect(trial, shop.display.token);
    const order = await place(shop, bigDraft(60));
    const batch = chained(
      ...Array.from({ length: 6 }, () => aCommand(order, 'set_status', { from: 'pending', to: 'completed' })),
    );
    const answered: string[] = [];
    while (answered.length < batch.length) {
      const { results } = await link.commands(batch.slice(answered.length));
      assert.ok(results.length > 0, 'no progress');
      for (const { commandId, code } of results) {
        assert.equal(code, 'invalid_transition');
        answered.push(commandId);
      }
    }
    assert.deepEqual(
      answered,
      batch.map(({ commandId }) => commandId),
    );
    assert.ok(link.largestAck() <= BATCH_BYTES + 1_024, `an answer of ${link.largestAck()} bytes`);
  },
});
