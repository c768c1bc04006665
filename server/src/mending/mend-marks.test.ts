import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { createFakeWooCommerce, type FakeWooCommerce } from '../sources/woocommerce/testing/fake-woocommerce.ts';
import { line, wooPayload } from '../sources/woocommerce/testing/woo-payload.ts';
import { ADMIN, makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

let temp: Awaited<ReturnType<typeof sqliteService>>;
let web: FakeWooCommerce;
let sourceId: string;
let stop: () => Promise<void>;
beforeEach(async () => {
  temp = await sqliteService();
  await makeShop(temp.service);
  web = await createFakeWooCommerce();
  const source = await temp.service.sources.create(
    'main',
    {
      kind: 'woocommerce',
      name: 'Web shop',
      settings: { url: 'https://shop.example', baseUrl: web.url, pollSeconds: 3_600 },
      secret: { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'hush' },
    },
    'https://o.example',
  );
  sourceId = source.id;
  stop = temp.service.runSources();
  await temp.service.lookAtSources();
  await temp.service.sources.pull(sourceId, null);
  shows({ status: 'processing' });
  await temp.service.sources.pull(sourceId, null);
});
afterEach(async () => {
  await stop();
  await temp.dispose();
  web.close();
});

let changes = 0;
const shows = (over: Record<string, unknown>): void =>
  void web.put(wooPayload({ id: 1, date_modified_gmt: `2026-11-21T10:0${++changes % 10}:05`, ...over }));

/** Changes the row from outside, like a faulty disk, and starts again. */
async function damage(set: string): Promise<string[]> {
  await stop();
  await temp.service.close();
  const raw = new Sqlite(temp.file);
  raw.exec(`update source_marks set ${set}`);
  raw.close();
  const service = await temp.restart();
  stop = service.runSources();
  await service.lookAtSources();
  const found: string[] = [];
  service.damage.onDamage(({ row, outcome }) => found.push(`${row} ${outcome}`))();
  return found;
}

async function orders(): Promise<Order[]> {
  return (await temp.service.orders.list({ storeId: 'main', limit: 9 })).orders;
}

it.each(["order_id = 'x'", "their_id = '7'", 'mark = mark * 2', "agreed = 'completed'", 'checksum = 7'])(
  '[R1] what is known of a source’s order is restored from its second copy: %s',
  async (set) => {
    const [order] = await orders();
    expect(await damage(set)).toEqual(['source mark rebuilt']);
    // What the kitchen wrote stays, for the shop does not change the note.
    await temp.service.orders.patch(ADMIN, order?.id ?? '', { note: 'by the kitchen' }, {});
    shows({ status: 'processing' });
    await temp.service.sources.pull(sourceId, null);
    expect(await orders()).toMatchObject([{ id: order?.id, note: 'by the kitchen', status: 'pending' }]);
  },
);

it.each([
  ["their_status = 'x', second_copy = ''", 'source mark rebuilt'],
  ["their_id = '7', second_copy = ''", 'source mark left_out'],
])('[R1] with both copies damaged, its newest state counts, and the order is there once: %s', async (set, outcome) => {
  const [order] = await orders();
  expect(await damage(set)).toEqual([outcome]);
  shows({ status: 'processing', line_items: [line({ quantity: 5 })] });
  await temp.service.sources.pull(sourceId, null);
  expect(await orders()).toMatchObject([{ id: order?.id, items: [{ quantity: 5 }] }]);
  shows({ status: 'cancelled' });
  await temp.service.sources.pull(sourceId, null);
  expect(await orders()).toMatchObject([{ id: order?.id, status: 'cancelled' }]);
  expect(await damage('mark = mark')).toEqual([]);
});

it('[R1] while the server runs: a cancellation of the shop is heard', async () => {
  const raw = new Sqlite(temp.file);
  raw.exec("update source_marks set their_status = 'cancelled', second_copy = ''");
  raw.close();
  shows({ status: 'cancelled' });
  await temp.service.sources.pull(sourceId, null);
  expect(await orders()).toMatchObject([{ status: 'cancelled' }]);
});
