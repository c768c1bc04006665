import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import type { AskServer } from '#test/support/ask-server.ts';
import { freePort } from '#test/support/free-port.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { until } from '#test/support/until.ts';
import { makeStore, type RunningServer, runServer } from './run-server.ts';
import { createTablet, type Tablet } from './tablet.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Kills the server, restores yesterday's file and starts it again. */
async function putBack(server: RunningServer, file: string, port: number): Promise<RunningServer> {
  await server.stop('SIGKILL');
  for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
  copyFileSync(`${file}.yesterday`, file);
  const restored = runServer(file, { port });
  ends.push(() => restored.stop('SIGKILL'));
  await restored.listening();
  return restored;
}
const place = async (api: AskServer, externalId?: string): Promise<Order> =>
  (await api('POST', '/orders', { body: { ...orderDraft(externalId ? { externalId } : {}), storeId: 'main' } })).json;

for (const [what, ordersAfter] of [
  ['behind the displays', 0],
  ['grown past the displays with other orders', 30],
] as const)
  it(`[S2, C3] yesterday’s database, ${what}: every display starts over, and no answered tap is lost`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'ticketrail-restored-'));
    ends.push(() => rmSync(dir, { recursive: true, force: true }));
    const file = join(dir, 'server.db');
    const port = await freePort();
    let server = runServer(file, { port });
    ends.push(() => server.stop('SIGKILL'));
    let api = await server.api();
    const { kitchen, counter } = await makeStore(api);
    const url = await server.listening();
    const kept = await Promise.all(Array.from({ length: 8 }, () => place(api)));
    await server.stop();
    copyFileSync(file, `${file}.yesterday`);

    server = runServer(file, { port });
    api = await server.api();
    const fleet: Tablet[] = [kitchen, counter].map(({ token }) => createTablet(url, token));
    const [one, two] = fleet as [Tablet, Tablet];
    for (const tablet of fleet) ends.push(tablet.close);
    const today = await Promise.all(Array.from({ length: 10 }, (_, i) => place(api, `today-${i}`)));
    await until('they have today’s', () => fleet.every(({ orders }) => orders.size === 18), 20_000);
    const before = fleet.map(({ resets }) => resets.length);
    const bump = (tablet: Tablet, order: Order) =>
      tablet.tap(order, 'set_status', { from: 'pending', to: 'preparing' });
    for (const order of kept.slice(0, 4)) expect((await bump(one, order)).outcome).toBe('applied');
    for (const order of kept.slice(4)) expect((await bump(two, order)).outcome).toBe('applied');
    const lost = await bump(one, today[0] as Order);
    expect(lost.outcome).toBe('applied');

    for (const tablet of ordersAfter > 0 ? fleet : []) tablet.pause();
    server = await putBack(server, file, port);
    api = await server.api();
    for (let i = 0; i < ordersAfter; i++) await place(api);
    for (const tablet of fleet) tablet.resume();

    await until(
      'every display starts over',
      () => fleet.every(({ resets }, i) => resets.length > (before[i] ?? 0)),
      20_000,
    );
    for (const { resets } of fleet) expect(['future', 'hash']).toContain(resets.at(-1));
    await until('every tap is answered again', () => fleet.every((tablet) => tablet.waiting() === 0), 20_000);
    for (const { id } of kept) expect((await api('GET', `/orders/${id}`)).json.status).toBe('preparing');
    // The order of the lost hours is missing until its shop system repeats it; the tap on it is answered all the same.
    expect(one.answers.get(lost.commandId)).toMatchObject({ outcome: 'rejected', code: 'not_found' });
    expect(
      (await api('POST', '/orders', { body: { ...orderDraft({ externalId: 'today-0' }), storeId: 'main' } })).status,
    ).toBe(201);

    const { orders } = (await api('GET', '/orders?limit=200')).json as { orders: Order[] };
    const onServer = new Map(orders.map((order) => [order.id, order.version]));
    const shown = ({ orders }: Tablet) => new Map([...orders].map(([id, { version }]) => [id, version]));
    await until('all show what the server has', () => fleet.every((tablet) => same(shown(tablet), onServer)), 20_000);
    expect(server.said()).toContain('was a backup restored?');
  }, 120_000);

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([id, version]) => b.get(id) === version);
