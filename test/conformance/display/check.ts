import type { Browser } from 'playwright-core';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { createHost, type Host } from './host.ts';

/** A display and a fake server, both new for each check, and the display live. */
export interface Trial {
  server: FakeServer;
  host: Host;
}
export type DisplayCheck = (trial: Trial) => Promise<void>;

/** Runs one check against an empty server. Rejects when it fails. */
export async function runDisplayCheck(command: readonly string[], browser: Browser, check: DisplayCheck) {
  const server = await startFakeServer();
  let host: Host | undefined;
  try {
    host = await createHost(command, browser, server.url);
    await host.says('live', 20_000);
    await check({ server, host });
  } finally {
    await host?.close();
    await server.close();
  }
}

/** A new order, on the screen. */
export async function placed({ server, host }: Trial) {
  const order = server.place();
  await host.shows(order.id, 'pending');
  return order;
}
