import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { until } from '#test/support/until.ts';
import { makeStore, type RunningServer, runServer } from './run-server.ts';

let dir = '';
const servers: RunningServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** The order and its change hold the same JSON, after different columns. SQLite also leaves old copies in free space. */
function flipBody(bytes: Buffer, id: string): number {
  let flipped = 0;
  for (let at = bytes.indexOf('"totalMinor":77777777'); at >= 0; at = bytes.indexOf('"totalMinor":77777777', at + 1))
    if (bytes.lastIndexOf(`${id}mainpending`, at) > bytes.lastIndexOf('order_created', at)) {
      bytes.write('"totalMinor":77777776', at);
      flipped++;
    }
  return flipped;
}
/** In the table only; indexes have the columns in another order. */
function flipTime(bytes: Buffer, id: string): number {
  const [before, year] = [`${id}mainpending`, String(new Date().getFullYear())];
  let flipped = 0;
  for (let at = bytes.indexOf(before + year); at >= 0; at = bytes.indexOf(before + year, at + 1), flipped++)
    bytes.write('1926', at + before.length);
  return flipped;
}

it.each([
  ['its body', flipBody],
  ['a column that indexes repeat', flipTime],
])(
  '[R1] flipped bits in an order, in %s: the display gets every order as it was, and the log says so',
  async (_, flip) => {
    dir = mkdtempSync(join(tmpdir(), 'ticketrail-rows-'));
    const file = join(dir, 'server.db');
    const run = () => {
      const server = runServer(file);
      servers.push(server);
      return server;
    };
    const server = run();
    const api = await server.api();
    const { kitchen } = await makeStore(api);
    const place = (totalMinor: number) =>
      api('POST', '/orders', { body: { ...orderDraft({ totalMinor }), storeId: 'main' } });
    const { id } = (await place(77_777_777)).json;
    for (let i = 0; i < 5; i++) await place(1_000 + i);
    const before = (await api('GET', '/snapshot', { token: kitchen.token })).json;
    await server.stop();

    const bytes = readFileSync(file);
    expect(flip(bytes, id)).toBeGreaterThan(0);
    writeFileSync(file, bytes);

    const again = run();
    const ask = await again.api();
    const after = (await ask('GET', '/snapshot', { token: kitchen.token })).json;
    const sorted = ({ orders }: { orders: { id: string }[] }) => orders.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(sorted(after)).toEqual(sorted(before));
    const position = `epoch=${before.epoch}&cursor=${before.seq}&hash=${before.hash}`;
    expect((await ask('GET', `/sync?${position}`, { token: kitchen.token })).json).toMatchObject({ mode: 'delta' });
    await until('its log says so', () => again.output().includes('it was rebuilt from its last change'), 10_000);
    expect((await ask('GET', '/metrics')).text).toMatch(
      /ticketrail_damaged_rows_total\{row="order",outcome="rebuilt"\} 1/,
    );
  },
  60_000,
);
