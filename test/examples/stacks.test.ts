import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { HAS_MOCK_KAFKA, startMockKafka } from '#server/testing/mock-kafka.ts';
import { freePort } from '#test/support/free-port.ts';
import { type Program, startCommand } from '#test/support/program.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';

/** The programs in docs/integrate/*.md, as they stand there. */

const ROOT = join(import.meta.dirname, '../..');
const python = 'python3';
/** There where there is a mock Kafka. */
const KCAT = '/usr/bin/kcat';
const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const HAS_REQUESTS = works(python, '-c', 'import requests');
/** Another one than the system's, as on a machine without Go. */
const GO = process.env.GO ?? 'go';
const HAS_GO = works(GO, 'version');

let dir: string;
let server: TestServer;
let store: TestStore;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  // Inside the project, whose packages they import.
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  dir = mkdtempSync(join(cache, 'stacks-'));
  server = await startServer({ PRIVATE_TARGETS: '1' });
  store = await server.makeStore();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The block of a page that has this file's name. */
function blockOf(page: string, file: string): string {
  const text = readFileSync(join(ROOT, 'docs/integrate', page), 'utf8');
  const block = new RegExp(`^\`\`\`\\w+ ${file.replaceAll('.', '\\.')}\\n(.*?)^\`\`\``, 'ms').exec(text)?.[1];
  if (block === undefined) throw new Error(`${page} has no ${file}`);
  return block;
}
/** Writes it to a folder. @returns its path */
function written(page: string, file: string): string {
  const path = join(dir, file);
  writeFileSync(path, blockOf(page, file));
  return path;
}
async function run<T>(
  command: readonly string[],
  env: Record<string, string>,
  ready: (output: string) => T | null,
): Promise<Program & { ready: T }> {
  const program = await startCommand(command, { env: { ...tokens(), ...env }, cwd: dir }, ready);
  ends.push(() => program.stop('SIGKILL'));
  return program;
}
const tokens = () => ({ TICKETRAIL_URL: server.url, TICKETRAIL_TOKEN: store.integration.token });
const order = (externalId: string) => ({
  externalId,
  items: [{ name: 'Soup', quantity: 1 }],
  currency: 'GEL',
  totalMinor: 900,
});
const place = async (externalId: string): Promise<{ id: string }> =>
  (await server.api('POST', '/orders', { token: store.integration.token, body: order(externalId) })).json;
const move = (id: string, status: string) => server.api('POST', `/orders/${id}/status`, { body: { status } });
const orderOf = async (externalId: string) =>
  (await server.api('GET', `/orders?storeId=${store.id}&q=${externalId}`)).json.orders[0];
async function addWebhook(port: number): Promise<string> {
  const body = { url: `http://127.0.0.1:${port}/ticketrail` };
  const { id, secret } = (await server.api('POST', `/stores/${store.id}/webhooks`, { body })).json;
  ends.push(() => server.api('DELETE', `/webhooks/${id}`));
  return secret;
}

const RECEIVER = `
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
import ticketrail

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        message = ticketrail.verified(self.rfile.read(int(self.headers["content-length"])), self.headers)
        self.send_response(204 if message else 401)
        self.end_headers()
        if message:
            print("heard", message["type"], message["data"]["order"]["status"], flush=True)
    def log_message(self, *_):
        pass

print("placed", ticketrail.place({"externalId": "django-1", "currency": "GEL", "totalMinor": 900,
    "items": [{"name": "Soup", "quantity": 1}]})["id"], flush=True)
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Receiver).serve_forever()
`;

it.skipIf(!HAS_REQUESTS)('Python places an order, and hears of its change by a signed webhook only', async () => {
  written('django-channels.md', 'ticketrail.py');
  writeFileSync(join(dir, 'receiver.py'), RECEIVER);
  const port = await freePort();
  const env = { PORT: String(port), WEBHOOK_SECRET: await addWebhook(port) };
  const program = await run([python, 'receiver.py'], env, (output) => /^placed (\S+)/m.exec(output)?.[1] ?? null);
  await move(program.ready, 'preparing');
  await until('it says so', () => program.output().includes('heard order_status_changed preparing'), 20_000);
  const headers = { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' };
  expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}', headers })).status).toBe(401);
});

it.skipIf(!HAS_GO)('Go places an order, and tells its pages of changes under the old names', async () => {
  const file = written('vue-go.md', 'ticketrail.go');
  const port = await freePort();
  const env = { PORT: String(port), WEBHOOK_SECRET: await addWebhook(port) };
  const program = await run([GO, 'run', file], env, (output) => (output.includes('placed <nil>') ? true : null));
  await move((await orderOf('go-1001')).id, 'preparing');
  const told = 'order_status_updated {"order_id":"go-1001","status":"preparing"}';
  await until('it says so', () => program.output().includes(told), 20_000);
});

it('a Socket.io server beside Next.js tells its pages of each order, under the old names', async () => {
  const port = await freePort();
  const file = written('nextjs-socketio.md', 'bridge.mjs');
  await run([process.execPath, file], { PORT: String(port) }, (output) => (output.includes('ready') ? true : null));
  const page = io(`http://127.0.0.1:${port}`);
  ends.push(() => page.close());
  const heard: unknown[] = [];
  page.on('order:new', ({ externalId }) => heard.push(['order:new', externalId]));
  page.on('order:update', ({ id, status }) => heard.push(['order:update', id, status]));
  await until('the page is connected', () => page.connected, 20_000);
  // Until the bridge is on the feed, it hears nothing.
  let count = 0;
  await until('the first order', async () => (await place(`next-${count++}`)) && heard.length > 0, 20_000, 200);
  const { id } = await place('next-last');
  await move(id, 'preparing');
  await until('the change', () => heard.some((one) => String(one) === 'order:update,next-last,preparing'), 20_000);
  expect(heard).toContainEqual(['order:new', 'next-last']);
});

it('the route handler of Next.js places an order once, and passes on what is wrong', async () => {
  const file = written('nextjs-socketio.md', 'route.js');
  Object.assign(process.env, tokens());
  ends.push(() => Object.keys(tokens()).forEach((name) => void delete process.env[name]));
  const { POST } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  const body = { id: 'route-1', name: 'Nino', totalMinor: 900, items: [{ name: 'Soup', quantity: 1 }] };
  const post = (what: object): Promise<Response> =>
    POST(new Request('http://shop/api/orders', { method: 'POST', body: JSON.stringify(what) }));
  const first = await post(body);
  expect(first.status).toBe(201);
  expect(await first.json()).toMatchObject({ status: 'pending', track: expect.stringContaining('/track/') });
  expect((await post(body)).status).toBe(200);
  const wrong = await post({ ...body, id: 'route-2', totalMinor: -1 });
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toMatchObject({ code: 'invalid_request' });
});

it.skipIf(!HAS_MOCK_KAFKA)(
  'a bridge of topics carries orders over, and statuses back',
  async () => {
    const broker = await startMockKafka();
    ends.push(() => broker.stop());
    const connected = await startServer({ KAFKA_BROKERS: broker.address });
    ends.push(() => connected.close());
    const shop = await connected.makeStore();
    const file = written('nestjs-kafka.md', 'bridge.mjs');
    const env = { KAFKA_BROKERS: broker.address, STORE: shop.id };
    await run([process.execPath, file], env, (output) => (output.includes('bridge ready') ? true : null));
    const kcat = (args: string[], input?: string) => spawnSync(KCAT, ['-b', broker.address, ...args], { input });
    const value = { id: 'nest-1', customerName: 'Nino', total: 9, items: [{ name: 'Soup', qty: 1 }] };
    kcat(['-P', '-t', 'orders.created', '-k', 'nest-1'], JSON.stringify(value));
    const path = `/orders?storeId=${shop.id}`;
    const placed = async () => (await connected.api('GET', path)).json.orders[0];
    await until('the order', placed, 40_000, 200);
    expect(await placed()).toMatchObject({ externalId: 'nest-1', totalMinor: 900 });
    await connected.api('POST', `/orders/${(await placed()).id}/status`, { body: { status: 'preparing' } });
    const told = () => String(kcat(['-C', '-t', 'orders.status-changed', '-e', '-q']).stdout);
    await until('the status', () => told().includes('{"orderId":"nest-1","status":"PREPARING"}'), 40_000, 500);
  },
  100_000,
);

// What needs a framework that is not installed here.
it.each([
  ['django-channels.md', 'views.py'],
  ['fastapi-telegram.md', 'main.py'],
])('%s: %s is right Python', (page, file) => {
  const parsed = spawnSync(python, ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], {
    input: blockOf(page, file),
  });
  expect(String(parsed.stderr)).toBe('');
});

it('the controller for NestJS is right TypeScript', () => {
  const file = written('nestjs-kafka.md', 'kitchen.controller.ts');
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--noCheck', '--noResolve', '--experimentalDecorators', '--ignoreConfig'];
  const checked = spawnSync(process.execPath, [tsc, ...options, file]);
  expect(String(checked.stdout)).toBe('');
  expect(checked.status).toBe(0);
});
