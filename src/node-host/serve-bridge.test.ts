import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { BridgeHost } from '#contract/bridge.ts';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import { ok } from '#contract/errors.ts';
import { serveBridge } from './serve-bridge.ts';

const undos: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

type Listener = Parameters<BridgeHost['onPush']>[0];

/** Connects a page to a bridge, and records what it receives, starting with its first status. */
async function connected() {
  const listeners = new Set<Listener>();
  const display = {
    call: async () => ok('first status'),
    onPush: (listener: Listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as BridgeHost;
  const http = createServer();
  const bridge = serveBridge(http, display, () => true);
  undos.push(() => bridge.close());
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const page: Socket = io(`http://127.0.0.1:${port}`, { path: BRIDGE_PATH, transports: ['websocket'] });
  undos.push(() => page.disconnect());
  const received: unknown[] = [];
  page.on('push', (_, payload) => received.push(payload));
  await expect.poll(() => received, { timeout: 10_000 }).toEqual(['first status']);
  const push: Listener = (name, payload) => {
    for (const listener of listeners) listener(name, payload);
  };
  return { received, push };
}

test('sends a push that directly follows another without waiting for a third', async () => {
  const { received, push } = await connected();
  const patch = { n: 2, upserts: [], removes: [] };
  push('board', patch);
  push('status', 'new' as never);
  await expect.poll(() => received, { timeout: 4_000 }).toEqual(['first status', patch, 'new']);
});
