import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FeedChange, feedChange } from '#contract/feed.ts';
import { connectFeed } from '#test/support/feed-client.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';
import { createWriter, randomWrite } from '../../../testing/random-writes.ts';
import { readWholeHistory } from '../../../testing/read-whole-history.ts';
import { ADMIN, makeShop } from '../../../testing/shop.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const WITHIN_MS = 15_000;
const groups = fc.array(fc.array(randomWrite, { minLength: 1, maxLength: 6 }), { minLength: 20, maxLength: 30 });
/** After how many messages the client is cut, hello included. */
const cuts = fc.array(fc.nat(12), { minLength: 10, maxLength: 40 });
let stores = 0;

it('[section 10] a client cut anywhere, while the store is busy, gets every change once, as it is in the history', async () => {
  await fc.assert(
    fc.asyncProperty(groups, cuts, async (all, cutAfter) => {
      const { service, url } = server;
      const shop = await makeShop(service, `store${++stores}`);
      const { token } = await service.access.createDevice(shop.id, { name: 'Feed', role: 'integration' });
      const write = createWriter(() => service, shop, Date.now);
      const { epoch } = await service.log.head(shop.id);
      const uncut = await connectFeed(url, { token });
      const got: FeedChange[] = [];
      let isDone = false;

      /** Reads on from the last change, until it is cut after so many messages. */
      async function readUntilCut(messages: number): Promise<void> {
        let left = messages;
        const client = await connectFeed(url, {
          token,
          query: { since: got.at(-1)?.seq ?? 0, epoch },
          onMessage(message) {
            if (left <= 0) return;
            if ('seq' in message) got.push(message);
            left -= 1;
          },
        });
        await until('a cut', () => left <= 0 || isDone, WITHIN_MS, 1);
        left = 0;
        client.ws.terminate();
      }
      const reading = (async () => {
        for (const messages of cutAfter) await readUntilCut(messages);
      })();
      for (const group of all) await Promise.all(group.map(write));
      isDone = true;
      await reading;
      const { head } = await service.log.head(shop.id);
      isDone = false;
      const last = readUntilCut(Number.POSITIVE_INFINITY);
      await until('the rest', () => (got.at(-1)?.seq ?? 0) === head, WITHIN_MS, 1);
      isDone = true;
      await last;
      await until('the uncut client', () => (uncut.changes().at(-1)?.seq ?? 0) === head, WITHIN_MS, 1);
      uncut.ws.terminate();

      const ids = [...new Set(got.map(({ data }) => data.orderId))];
      const histories = await Promise.all(ids.map((id) => readWholeHistory(service.orders, ADMIN, id)));
      const expected = histories.flat().sort((a, b) => a.seq - b.seq);
      expect(expected.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
      expect(got).toEqual(expected.map(feedChange));
      expect(uncut.changes()).toEqual(got);
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 120_000);
