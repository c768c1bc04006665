import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDigest } from '#contract/open-digest.ts';
import type { Change } from '#contract/sync.ts';
import { createCuttableLink } from '../support/cuttable-link.ts';
import { freePort } from '../support/free-port.ts';
import { orderDraft } from '../support/order-draft.ts';
import { type RealDisplay, startRealDisplay } from '../support/real-display.ts';
import { startServer, type TestServer, type TestStore } from '../support/server.ts';
import { sha256 } from '../support/sha256.ts';
import { until } from '../support/until.ts';

/** The real core against the real server: real sockets, real HTTP, real SQLite files at both ends. */

let server: TestServer;
let store: TestStore;
let port: number;
let undo: (() => unknown)[];
beforeEach(async () => {
  port = await freePort();
  server = await startServer({ PORT: String(port) });
  store = await server.makeStore();
  undo = [];
});
afterEach(async () => {
  for (const one of undo.reverse()) await one();
  await server.close();
});

async function addDisplay(token: string, serverUrl = server.url): Promise<RealDisplay> {
  const display = await startRealDisplay({ serverUrl, token });
  undo.push(() => display.remove());
  await until('live', () => display.screen.link() === 'live', 10_000, 5);
  return display;
}
async function place(over: Parameters<typeof orderDraft>[0] = {}): Promise<string> {
  const made = await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft(over) });
  expect(made.status).toBe(201);
  return (made.json as { id: string }).id;
}
const statusOf = async (id: string): Promise<string> =>
  ((await server.api('GET', `/orders/${id}`)).json as { status: string }).status;
async function effects(id: string): Promise<number> {
  const { changes } = (await server.api('GET', `/orders/${id}/history`)).json as { changes: Change[] };
  return changes.filter((change) => change.cause).length;
}
/** Passes requests on, and ends the connection instead of answering. */
async function losesAnswers(url: string) {
  const proxy = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const { method = 'GET', headers } = request;
    const kept = Object.entries(headers).filter(([name]) => ['content-type', 'idempotency-key'].includes(name));
    await fetch(`${url}${request.url}`, { method, headers: Object.fromEntries(kept) as Record<string, string>, body });
    response.destroy();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => proxy.close() };
}
/** The same server program, on the same database and port. */
async function restartServer(): Promise<void> {
  const { dir } = server;
  await server.stop();
  undo.unshift(() => server.close());
  server = await startServer({ PORT: String(port) }, dir);
}

describe('one display', () => {
  it('fetches a store that fills many buffers on the way', async () => {
    // Random, so that the answer is long although it is compressed.
    const someOrder = () => place({ note: randomBytes(240).toString('hex') });
    for (let n = 0; n < 1_500; n += 50) await Promise.all(Array.from({ length: 50 }, someOrder));
    const { screen } = await addDisplay(store.display.token);
    expect(screen.tickets()).toHaveLength(1_500);
  });

  it('shows and rings for an order placed over HTTP; its tap reaches the server and silences another display', async () => {
    const [one, two] = [await addDisplay(store.display.token), await addDisplay(store.display2.token)];
    const id = await place();
    for (const { screen } of [one, two]) {
      await until('the ticket', () => screen.ticket(id), 5_000, 5);
      await until('the alarm', () => screen.status().alarm.active, 5_000, 5);
    }
    expect(await one.screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
    await until('the tap on the server', async () => (await statusOf(id)) === 'preparing', 5_000, 5);
    await until('the tap on the other display', () => two.screen.ticket(id)?.order.status === 'preparing', 5_000, 5);
    await until('answered', () => one.screen.status().queueCount === 0, 5_000, 5);
    expect(two.screen.status().alarm.active).toBe(false);
    expect(await effects(id)).toBe(1);
  });

  it('learns its store and its name from the server', async () => {
    const { screen } = await addDisplay(store.display.token);
    await until('the store', () => screen.status().store?.id === store.id, 5_000, 5);
    expect(screen.status().store).toMatchObject({ currency: 'GEL', timeZone: 'Asia/Tbilisi' });
  });
});

describe('a stopped server', () => {
  it('is noticed at once; taps survive a restart of the display and apply once when it is back', async () => {
    const before = await addDisplay(store.display.token);
    const ids = [await place(), await place(), await place()];
    await until('the tickets', () => ids.every((id) => before.screen.ticket(id)), 5_000, 5);
    const { dir } = server;
    await server.stop();
    await until('not live', () => before.screen.link() !== 'live', 12_000, 5);
    for (const id of ids) expect(await before.screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
    const { screen, display, ...after } = await before.again();
    undo.push(() => after.remove());
    await until('the queue', () => screen.status().queueCount === 3, 5_000, 5);
    expect(ids.map((id) => screen.ticket(id))).toMatchObject(
      ids.map(() => ({ pending: true, order: { status: 'preparing' } })),
    );
    await until('offline', () => ['offline', 'connecting'].includes(screen.link() ?? ''), 12_000, 5);

    server = await startServer({ PORT: String(port) }, dir);
    display.networkChanged(true);
    await until('the queue is sent', () => screen.status().queueCount === 0, 10_000, 5);
    await until('live', () => screen.link() === 'live', 10_000, 5);
    for (const id of ids) expect(await effects(id)).toBe(1);
    expect(ids.map((id) => screen.shown(id))).toEqual(ids.map(() => ['preparing']));
  });

  it('that restarts makes the display live again without a person', async () => {
    const { screen } = await addDisplay(store.display.token);
    await restartServer();
    const id = await place();
    await until('the ticket', () => screen.ticket(id), 30_000, 20);
    await until('live', () => screen.link() === 'live', 5_000, 5);
  }, 40_000);
});

describe('a link', () => {
  it('[L1] that is half-open shows on the screen within 12 s', async () => {
    const wire = await createCuttableLink(server.url);
    undo.push(() => wire.close());
    const { screen, display } = await addDisplay(store.display.token, wire.url);
    const cutAt = performance.now();
    await wire.freeze();
    await until('not live', () => screen.link() !== 'live', 12_500, 5);
    // A beat in transit counts for 12 s from its arrival.
    expect(performance.now() - cutAt).toBeLessThan(12_500);
    const id = await place();
    await wire.repair();
    display.networkChanged(true);
    await until('the ticket', () => screen.ticket(id), 10_000, 20);
  }, 40_000);

  it('[L1] with a revoked token stops, shows that, and keeps the board', async () => {
    const { screen } = await addDisplay(store.display.token);
    const id = await place();
    await until('the ticket', () => screen.ticket(id), 5_000, 5);
    await server.api('DELETE', `/devices/${store.display.deviceId}`);
    await until('stopped', () => screen.link() === 'stopped', 5_000, 5);
    expect(screen.status().link.cause).toBe('revoked');
    expect(screen.ticket(id)).toBeDefined();
  });
});

describe('the first run', () => {
  it('trades a pairing code for a token, becomes live, and has the given name', async () => {
    const { display, screen, ...rest } = await startRealDisplay(null);
    undo.push(() => rest.remove());
    const { code } = (await server.api('POST', `/stores/${store.id}/pairing-codes`)).json as { code: string };
    const serverUrl = server.url;
    const wrong = await display.call('connectWithCode', { serverUrl, code: '000000', deviceName: 'Bar' });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const paired = await display.call('connectWithCode', { serverUrl, code: code.toLowerCase(), deviceName: 'Bar' });
    expect(paired).toEqual({ ok: true, value: null });
    await until('live', () => screen.link() === 'live', 5_000, 5);
    expect(screen.status()).toMatchObject({ setup: 'done', deviceName: 'Bar', store: { id: store.id } });
  });

  it('pairs by the same code when the answer to the first try was lost, as the same device', async () => {
    const { display, screen, ...rest } = await startRealDisplay(null);
    undo.push(() => rest.remove());
    const lossy = await losesAnswers(server.url);
    undo.push(() => lossy.close());
    const { code } = (await server.api('POST', `/stores/${store.id}/pairing-codes`)).json as { code: string };
    const lost = await display.call('connectWithCode', { serverUrl: lossy.url, code, deviceName: 'Bar' });
    expect(lost).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    const paired = await display.call('connectWithCode', { serverUrl: server.url, code, deviceName: 'Bar' });
    expect(paired).toEqual({ ok: true, value: null });
    await until('live', () => screen.link() === 'live', 5_000, 5);
    const { devices } = (await server.api('GET', `/stores/${store.id}/devices`)).json as {
      devices: { name: string }[];
    };
    expect(devices.filter(({ name }) => name === 'Bar')).toHaveLength(1);
  });

  it.each([
    ['an integration’s token', () => store.integration.token, 'not_allowed'],
    ['an unknown token', () => 'nonsense', 'not_allowed'],
  ])('refuses %s with its code', async (_, token, code) => {
    const { display, screen, ...rest } = await startRealDisplay(null);
    undo.push(() => rest.remove());
    const answer = await display.call('connectWithToken', { serverUrl: server.url, token: token() });
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(screen.status().setup).toBe('needed');
  });

  it('reports an unreachable server', async () => {
    const { display, ...rest } = await startRealDisplay(null);
    undo.push(() => rest.remove());
    const answer = await display.call('connectWithToken', { serverUrl: 'http://127.0.0.1:1', token: 'x' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });
});

it('[S6] the digest of the real server equals that of the real cache', async () => {
  const { screen } = await addDisplay(store.display.token);
  const ids = [await place(), await place()];
  await until('the tickets', () => ids.every((id) => screen.ticket(id)), 5_000, 5);
  const { digest } = await server.service.log.digest(store.id);
  const versions = ids.map((id) => ({ id, version: screen.ticket(id)?.order.version ?? 0 }));
  versions.sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(openDigest(versions, sha256)).toBe(digest);
});

it('[S6] a display whose orders differ from the digest says so, starts over, and is counted', async () => {
  const { screen } = await addDisplay(store.display.token);
  const id = await place();
  await until('the ticket', () => screen.ticket(id), 5_000, 5);
  const divergences = async () => {
    const { text } = await server.api('GET', '/metrics');
    return /^ticketrail_divergences_total (\d+)$/m.exec(text)?.[1];
  };
  expect(await divergences()).toBe('0');
  const { epoch, head } = await server.service.log.head(store.id);
  const beat = { epoch, head, serverTime: new Date().toISOString(), digest: sha256('another').slice(0, 16) };
  server.server.sockets.io.of('/store').emit('beat', beat);
  await until('it is counted', async () => (await divergences()) === '1', 5_000, 5);
  await until('live again', () => screen.link() === 'live', 10_000, 5);
  expect(screen.ticket(id)).toBeDefined();
});
