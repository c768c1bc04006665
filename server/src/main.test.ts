import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAskServer } from '#test/support/ask-server.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';

const ADMIN_TOKEN = 'a-token-for-the-main-test-0123456789';
let dir: string;
const ends: (() => void)[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-main-'));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(dir, { recursive: true, force: true });
});

function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: '0',
      DATABASE_URL: `file:${join(dir, 'server.db')}`,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ends.push(() => child.kill('SIGKILL'));
  const said = { out: '', error: '' };
  child.stdout.on('data', (bytes) => (said.out += bytes));
  child.stderr.on('data', (bytes) => (said.error += bytes));
  return { child, said, exit: once(child, 'exit').then(([code]) => code as number | null) };
}

async function running() {
  const started = run({ ADMIN_TOKEN });
  const url = await until('the server listens', () => /http:\/\/127\.0\.0\.1:\d+/.exec(started.said.out)?.[0], 15_000);
  return { ...started, url };
}

it('[section 2] exits with 1 and one sentence when a setting is missing', async () => {
  const { said, exit } = run({});
  expect(await exit).toBe(1);
  expect(said.error).toMatch(/^ADMIN_TOKEN must be set[^\n]*\.\n$/);
  expect(said.out).toBe('');
});

it('[section 2] exits with 1 and one sentence when the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  ends.push(() => other.close());
  const { port } = other.address() as AddressInfo;
  const { said, exit } = run({ ADMIN_TOKEN, PORT: String(port) });
  expect(await exit).toBe(1);
  expect(said.error).toMatch(new RegExp(`^PORT ${port} is taken [^\\n]+\\n$`));
});

it('exits with 0 on SIGTERM, and its displays reconnect by themselves', async () => {
  const { child, exit, url } = await running();
  const api = createAskServer(url, ADMIN_TOKEN);
  await api('POST', '/stores', { body: { id: 'main', name: 'Main', currency: 'GEL', timeZone: 'UTC' } });
  const made = await api('POST', '/stores/main/devices', { body: { name: 'Kitchen', role: 'display' } });
  const client = await connectStore(url, { token: made.json.token });
  const ended = once(client.socket as never, 'disconnect');
  child.kill('SIGTERM');
  child.kill('SIGINT');
  expect(await exit).toBe(0);
  // A client reconnects after `transport close`, but not after `io server disconnect`.
  expect(await ended).toContain('transport close');
});

it('logs requests without query, body or token', async () => {
  const { child, exit, url, said } = await running();
  await createAskServer(url, ADMIN_TOKEN)('GET', '/orders?q=secret-name');
  await until('the request is logged', () => said.out.includes('/api/v1/orders'), 5_000);
  child.kill('SIGTERM');
  await exit;
  expect(said.out).toContain('"requestId"');
  expect(said.out).not.toContain('secret-name');
  expect(said.out).not.toContain(ADMIN_TOKEN);
});
