import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer } from '#test/support/server.ts';

/** Debian: python3-socketio, python3-websocket. */
const python = ['python3', '/usr/bin/python3'].find((command) => {
  try {
    execFileSync(command, ['-c', 'import socketio, websocket'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

it('[section 6] a client written with python-socketio connects, follows and taps', async ({ skip }) => {
  if (python === undefined) return skip('no python3 with socketio and websocket here');
  const server = await startServer();
  onTestFinished(() => server.close());
  const { display, integration } = await server.makeStore();
  const script = join(import.meta.dirname, 'python-client.py');
  const client = spawn(python, [script, server.url, display.token], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void client.kill());
  const said = createInterface(client.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await said.next()).value));

  expect(await next()).toMatchObject(['hello', { protocol: 1, mode: 'snapshot', head: 0 }]);
  expect(await next()).toMatchObject(['hello', { protocol: 1, mode: 'delta', head: 0 }]);
  const { json: order } = await server.api('POST', '/orders', { token: integration.token, body: orderDraft() });
  expect(await next()).toMatchObject(['changes', { to: 1, changes: [{ order: { id: order.id } }] }]);
  const answers = [await next(), await next()].sort();
  expect(answers).toMatchObject([
    ['changes', { to: 2, changes: [{ order: { status: 'preparing' } }] }],
    ['commands', { results: [{ outcome: 'applied' }] }],
  ]);
}, 60_000);
