import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { group, Skip } from '../support/check.ts';
import { type DisplayLink, liveDisplay } from '../support/display-link.ts';
import { statusIs } from '../support/expect.ts';
import { OPEN } from '../support/shapes.ts';
import { openShop, place, type Shop, setStatus, snapshotOf } from '../support/shop.ts';
import { eventually, sleep } from '../support/waiting.ts';

const MINUTE_MS = 60_000;

/** Rule S6, word by word. */
async function digestOf(shop: Shop): Promise<{ seq: number; digest: string }> {
  const { seq, orders } = await snapshotOf(shop);
  const lines = orders.filter(({ status }) => OPEN.includes(status)).map(({ id, version }) => `${id}:${version}\n`);
  const sorted = lines.map((line) => Buffer.from(line)).toSorted((a, b) => a.compare(b));
  return { seq, digest: createHash('sha256').update(Buffer.concat(sorted)).digest('hex').slice(0, 16) };
}

const withDigest = (link: DisplayLink) => link.beats().filter(({ digest }) => digest !== undefined);

async function busyShop(trial: Parameters<typeof openShop>[0]): Promise<Shop> {
  const shop = await openShop(trial);
  const placed = await Promise.all(Array.from({ length: 6 }, () => place(shop)));
  await setStatus(shop, placed[0]?.id ?? '', 'preparing');
  await setStatus(shop, placed[1]?.id ?? '', 'cancelled', 'no dough');
  statusIs(await shop.integration.delete(`/orders/${placed[2]?.id}`), 204);
  await place(shop, { status: 'completed' });
  return shop;
}

export const digest = group('digest', {
  '[S6] a digest that comes with the first beats is that of the open orders': async (trial) => {
    const shop = await busyShop(trial);
    const link = await liveDisplay(trial, shop);
    await eventually('two beats', () => link.beats().length >= 2, 8_000);
    const [beat] = withDigest(link);
    if (!beat) throw new Skip('the first beats carry none: --slow waits for one');
    const { seq, digest } = await digestOf(shop);
    assert.deepEqual([beat.head, beat.digest], [seq, digest]);
  },
});

export const slowDigest = group(
  'digest, minute by minute',
  {
    '[S6] once a minute a beat carries the digest of the open orders, true at its head': async (trial) => {
      const shop = await busyShop(trial);
      const link = await liveDisplay(trial, shop);
      const truth = await digestOf(shop);
      const first = await eventually('a beat with a digest', () => withDigest(link)[0], MINUTE_MS + 7_000);
      assert.deepEqual([first.head, first.digest], [truth.seq, truth.digest]);
      await place(shop);
      const after = await digestOf(shop);
      const second = await eventually('the next digest', () => withDigest(link)[1], MINUTE_MS + 7_000);
      assert.deepEqual([second.head, second.digest], [after.seq, after.digest]);
      assert.ok(second.at - first.at > MINUTE_MS / 2, 'more often than once a minute');
    },

    '[S6] a digest is true at its head while orders come and go': async (trial) => {
      const shop = await busyShop(trial);
      const link = await liveDisplay(trial, shop);
      const known = new Map<number, string>();
      const end = performance.now() + MINUTE_MS + 7_000;
      while (withDigest(link).length === 0 && performance.now() < end) {
        const { seq, digest } = await digestOf(shop);
        known.set(seq, digest);
        await sleep(100);
        await place(shop, { status: 'preparing' });
        const { seq: next, digest: then } = await digestOf(shop);
        known.set(next, then);
      }
      const beat = withDigest(link)[0];
      assert.ok(beat, 'no digest within a minute');
      assert.equal(beat.digest, known.get(beat.head));
    },
  },
  { slow: true },
);
