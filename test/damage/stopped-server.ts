import { hash } from 'node:crypto';
import { join } from 'node:path';
import { openDigest } from '#contract/open-digest.ts';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { DeviceCaller } from '#server/caller.ts';
import { createService, type DataService } from '#server/create-service.ts';
import { readSnapshot } from '#server/testing/read-snapshot.ts';
import { readWholeHistory } from '#server/testing/read-whole-history.ts';
import { ADMIN, command, draft } from '#server/testing/shop.ts';
import { signedHeaders } from '#server/webhooks/sign.ts';
import type { Contents, Read } from './stopped-display.ts';

/** The file of a server that was stopped in the middle of a day, and everything that it had acknowledged. */

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const ORDERS = 40;
const ADMIN_TOKEN = 'admin-token-of-the-damage-0123456789';
const FIRST = { cursor: 0, hash: null };

/** What to ask for again after the damage. */
export interface Acknowledged {
  display: DeviceCaller;
  tokens: string[];
  commands: ReturnType<typeof command>[];
  /** Order ids of requests with an `Idempotency-Key`, which is the same. */
  payments: string[];
  externalIds: string[];
  /** A source, and the secret with which its system signs. */
  source: { id: string; secret: string };
}

const open = (dir: string, told: string[] = []): Promise<DataService> =>
  createService({
    databaseUrl: `file:${join(dir, 'server.db')}`,
    adminToken: ADMIN_TOKEN,
    log: {
      info: () => {},
      warn: (_details, message) => void told.push(message),
      error: (_details, message) => void told.push(message),
    },
    now: () => NOW,
    elapsed: () => NOW,
  });

const place = ({ orders }: DataService, externalId: string) =>
  orders.create(ADMIN, 'main', draft({ externalId, note: `note ${externalId} ครัว` }));
const pay = ({ orders }: DataService, key: string) =>
  orders.setPayment(ADMIN, key, { status: 'paid' }, { idempotency: { key, request: `request ${key}` } });

/** An order of a shop, as its system sends it; again, it changes nothing. */
function ring({ sources }: DataService, { id, secret }: Acknowledged['source']): Promise<unknown> {
  const body = JSON.stringify({ ...draft({ externalId: 'shop-1' }), note: 'from the shop' });
  return sources.hear(id, { headers: signedHeaders('m1', body, [secret], NOW), body: Buffer.from(body) });
}

/** Writes a server's database. `whileOpen` sees the files as a kill would leave them. */
export async function writeStoppedServer(dir: string, whileOpen: () => void): Promise<Acknowledged> {
  const service = await open(dir);
  const { stores, access } = service;
  const settings = { displayWindowDays: 5, acknowledgeWithinSeconds: 45 };
  for (const id of ['main', 'second'])
    await stores.create({ id, name: `Küche ${id}`, currency: 'GEL', timeZone: 'Asia/Tbilisi', settings });
  const tokens: string[] = [];
  let display: DeviceCaller | undefined;
  for (const role of ['integration', 'display', 'display'] as const) {
    const { deviceId, token } = await access.createDevice('main', { name: `a ${role}`, role });
    tokens.push(token);
    display = { role, id: deviceId, name: `a ${role}`, storeId: 'main' };
  }
  if (!display) throw new Error('no display');
  const externalIds = Array.from({ length: ORDERS }, (_, i) => `web-${i}`);
  const commands: Acknowledged['commands'] = [];
  const payments: string[] = [];
  for (const [i, externalId] of externalIds.entries()) {
    const { order } = await place(service, externalId);
    const last = () => commands.at(-1)?.commandId ?? null;
    // Applied, already and rejected.
    commands.push(command(order, 'acknowledge', {}, NOW, last()));
    commands.push(command(order, 'acknowledge', {}, NOW, last()));
    commands.push(command(order, 'set_status', { from: 'ready', to: 'completed' }, NOW, last()));
    await service.submitCommands(display, commands.slice(-3));
    if (i % 2 === 0) payments.push((await pay(service, order.id)).id);
    if (i % 8 === 7) await service.orders.remove(ADMIN, order.id, {});
  }
  const { id, secret = '' } = await service.sources.create(
    'main',
    { kind: 'standard', name: 'Shop' },
    'https://o.example',
  );
  await ring(service, { id, secret });
  whileOpen();
  await service.close();
  return { display, tokens, commands, payments, externalIds, source: { id, secret } };
}

/** Starts on this file as a server does, reads everything, and asks for each acknowledged write again. */
export async function readStoppedServer(dir: string, known: Acknowledged): Promise<Read> {
  const told: string[] = [];
  let service: DataService;
  try {
    service = await open(dir, told);
  } catch (error) {
    if (/cannot be used: [^\n]+$/.test((error as Error).message)) return { contents: null, isTold: true };
    throw error;
  }
  try {
    const contents = await readAll(service, known);
    await service.checkRows(new AbortController().signal);
    // Else each digest would make every display start over.
    const digest = (await isShownAsIs(service)) ? 'of the snapshot' : 'of other orders';
    const isSetBack = told.some((message) => message.includes('its last transaction cannot be read'));
    return { contents: { ...contents, digest: [digest] }, isTold: told.length > 0, isSetBack };
  } finally {
    await service.close();
  }
}

/** Whether a display that has just got the snapshot finds the digest right. */
async function isShownAsIs({ log }: DataService): Promise<boolean> {
  const { orders } = await readSnapshot({ log }, 'main');
  const open = orders.filter(({ status }) => isOpen(status)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return (await log.digest('main')).digest === openDigest(open, (text) => hash('sha256', text));
}

async function readAll(service: DataService, known: Acknowledged): Promise<Contents> {
  const { access, orders, log, stores } = service;
  const contents: Record<string, unknown[]> = {};
  /** What cannot be read counts as lost. */
  const read = async (name: string, all: () => Promise<readonly unknown[]>): Promise<void> => {
    contents[name] = [...(await all().catch(() => []))];
  };
  const head = async () => [{ ...(await log.head('main')), epoch: null }];
  const ids: string[] = [];
  await read('orders', async () => (await orders.list({ storeId: null, limit: 200 })).orders);
  await read('snapshot', async () => (await readSnapshot(service, 'main')).orders);
  await read('log', async () => {
    // Another epoch only makes displays start over.
    const { epoch } = await log.head('main');
    const changes = await log.read('main', { epoch, ...FIRST }, 1_000, 1e9);
    // A batch has an order only in its last change; the histories below have each.
    return changes.mode === 'delta' ? changes.changes.map(({ order: _, ...change }) => change) : [];
  });
  await read('head', head);
  await read('stores', () => stores.list());
  await read('devices', () => access.listDevices('main'));
  await read('tokens', async () =>
    (await Promise.all(known.tokens.map(access.callerOf))).filter((one) => one !== null),
  );
  for (const externalId of known.externalIds)
    await read(`externalId ${externalId}`, async () => {
      const { order, created } = await place(service, externalId);
      ids.push(order.id);
      return [{ id: order.id, created }];
    });
  for (const id of ids) await read(`history ${id}`, () => readWholeHistory(orders, ADMIN, id));
  for (const key of known.payments)
    await read(`payment ${key}`, () => pay(service, key).then((order: Order) => [order]));
  for (const one of known.commands)
    await read(`command ${one.commandId}`, async () => {
      const [result] = (await service.submitCommands(known.display, [one])).results;
      // Otherwise it is decided again; the head below says whether it had an effect.
      return result?.replayed && result.code !== 'quarantined' ? [result] : [];
    });
  await read('order of a source', async () => {
    await ring(service, known.source);
    const { orders: all } = await orders.list({ storeId: 'main', limit: 200 });
    return all.filter(({ externalId }) => externalId === 'standard:shop-1');
  });
  await read('head after', head);
  return Object.fromEntries(
    Object.entries(contents).map(([name, list]) => [name, list.map((one) => JSON.stringify(one)).sort()]),
  );
}
