import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { freePort } from '#test/support/free-port.ts';
import { startCommand } from '#test/support/program.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';
import { presentChromium } from '../../scripts/chromium.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const python = 'python3';
const LANGUAGES = [
  { source: 'curl', command: ['sh', 'curl/order.sh'], isHere: works('curl', '--fail-with-body', '--version') },
  { source: 'node', command: [process.execPath, 'node/order.mjs'], isHere: true },
  { source: 'python', command: [python, 'python/order.py'], isHere: works(python, '-c', 'import requests') },
  { source: 'php', command: ['php', 'php/order.php'], isHere: works('php', '-r', 'curl_init();') },
];
const hasSocketio = works(python, '-c', 'import requests, socketio, websocket');

let dir: string;
let port: string;
let server: TestServer;
let store: TestStore;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-examples-'));
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
  port = String(await freePort());
  await startAgain();
  store = await server.makeStore();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startAgain(): Promise<void> {
  server = await startServer({ PORT: port }, dir);
  const { stop } = server;
  ends.push(stop);
}
const env = (token: string) => ({ TICKETRAIL_URL: `http://127.0.0.1:${port}`, TICKETRAIL_TOKEN: token });
async function run<T>(command: readonly string[], token: string, ready: (output: string) => T | null, more = {}) {
  const program = await startCommand(command, { env: { ...env(token), ...more }, cwd: EXAMPLES }, ready);
  ends.push(() => program.stop('SIGKILL'));
  return program;
}
const ordersFrom = async (source: string): Promise<Order[]> =>
  (await server.api('GET', `/orders?storeId=${store.id}`)).json.orders.filter((one: Order) => one.source === source);

/** Moves an order on to its end; `isShown` waits for each status. */
async function finish(id: string, isShown: (status: string) => Promise<unknown>): Promise<void> {
  await isShown('pending');
  for (const status of ['preparing', 'ready', 'completed']) {
    expect((await server.api('POST', `/orders/${id}/status`, { body: { status } })).status).toBe(200);
    await isShown(status);
  }
}

// Each runs where its language is installed.
describe.each(LANGUAGES)('the example for $source', ({ source, command, isHere }) => {
  it.skipIf(!isHere)('places one order, though the server comes late, and follows it to its end', async () => {
    await server.stop();
    const started = run(command, store.integration.token, (output) => /^placed (\S+)$/m.exec(output)?.[1] ?? null);
    await startAgain();
    const program = await started;
    await finish(program.ready, (status) =>
      until(`it says ${status}`, () => new RegExp(`^${status}$`, 'm').test(program.output()), 20_000),
    );
    expect(await program.ended).toBe(0);
    expect(await ordersFrom(source)).toMatchObject([{ id: program.ready, status: 'completed' }]);
  });
});

it('the example on the feed goes on after the server was away', async () => {
  const command = [process.execPath, 'node/order.mjs'];
  const program = await run(command, store.integration.token, (output) =>
    /^pending$/m.test(output) ? (/^placed (\S+)$/m.exec(output)?.[1] ?? null) : null,
  );
  await server.stop();
  await startAgain();
  await finish(program.ready, (status) =>
    until(`it says ${status}`, () => new RegExp(`^${status}$`, 'm').test(program.output()), 20_000),
  );
  expect(await program.ended).toBe(0);
});

it.skipIf(!hasSocketio)('the example of a screen follows the socket', async () => {
  const program = await run([python, 'python/screen.py'], store.display.token, (output) =>
    output.includes('starting over: epoch') ? true : null,
  );
  const body = { storeId: store.id, items: [{ name: 'Soup', quantity: 1 }], currency: 'GEL', totalMinor: 900 };
  const { number } = (await server.api('POST', '/orders', { body })).json;
  await until('it says so', () => program.output().includes(`order_created ${number}`), 20_000);
});

it.skipIf(!presentChromium())(
  'the shop’s page orders once, also over a reload, and shows the order to its end',
  async () => {
    const shop = await run(
      [process.execPath, 'shop/server.mjs'],
      store.integration.token,
      (output) => /shop ready (\S+)/.exec(output)?.[1] ?? null,
      { PORT: '0' },
    );
    const browser = await chromium.launch({ executablePath: presentChromium() ?? '', args: ['--no-sandbox'] });
    ends.push(() => browser.close());
    const page = await browser.newPage();
    await page.goto(shop.ready);
    await server.stop();
    await page.getByLabel('Your name').fill('Nino');
    await page.getByRole('button', { name: 'Soup' }).click();
    await page.getByText('Sending your order').waitFor();
    await page.reload();
    await startAgain();
    await page.getByText(/^Order .+: pending$/).waitFor();
    const [order] = await ordersFrom('site');
    expect(order).toMatchObject({ customer: { name: 'Nino' }, totalMinor: 900 });
    const link = page.getByRole('link', { name: 'Follow or cancel it' });
    expect(await link.getAttribute('href')).toContain(`/track/${order?.id}`);
    await finish(order?.id ?? '', (status) => page.getByText(`: ${status}`).waitFor());
    expect(await ordersFrom('site')).toHaveLength(1);
  },
);
