import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escpos } from '#capture/testing/escpos.ts';
import { columnsTicket, cyrillicTicket, receiptTicket, reprintTicket } from '#capture/testing/tickets.ts';
import { freePort } from '#test/support/free-port.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';

let server: TestServer;
let store: TestStore;
let port: number;
let source: { id: string };
const WITHIN = { timeout: 8_000, interval: 50 };

beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
  port = await freePort();
  source = (await make({ port })).json;
  await until('the port is open', async () => Boolean((await till()).destroy()), 20_000);
});
afterAll(() => server.close());

const make = (settings: object) =>
  server.api('POST', `/stores/${store.id}/sources`, { body: { kind: 'print', name: 'Till', settings } });
const till = () =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
async function print(...parts: Uint8Array[]): Promise<void> {
  const socket = await till();
  for (const part of parts) socket.write(part);
  socket.end();
  await new Promise((done) => socket.once('close', done).resume());
}
/** What the printer answers, as hexadecimal. */
async function ask(bytes: number[], length: number): Promise<string> {
  const socket = await till();
  let answer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    answer = Buffer.concat([answer, chunk]);
  });
  socket.write(Uint8Array.from(bytes));
  await expect.poll(() => answer.length, WITHIN).toBeGreaterThanOrEqual(length);
  socket.destroy();
  return answer.toString('hex');
}
const orders = async () =>
  (await server.api('GET', `/orders?storeId=${store.id}&limit=200`)).json.orders as Record<string, unknown>[];
const numbered = async (number: string) => (await orders()).filter((order) => order.number === number);
const entries = async () => (await server.api('GET', `/sources/${source.id}/log`)).json.entries;

describe('[section 12] print', () => {
  it('makes an order of a ticket, once for the same bytes within a minute', async () => {
    await print(columnsTicket(117).end());
    await print(columnsTicket(117).end());
    await expect.poll(() => numbered('117'), WITHIN).toHaveLength(1);
    const [order] = await numbered('117');
    expect(order).toMatchObject({ source: 'Till', status: 'pending', table: '7', covers: 4, fulfilment: 'dine_in' });
    expect(order?.externalId).toMatch(/^print:/);
    expect(order?.items).toMatchObject([
      { name: 'KHACHAPURI ADJARULI', quantity: 2, modifiers: [{ name: 'NO EGG' }, { name: 'EXTRA CHEESE' }] },
      { name: 'CRÈME BRÛLÉE', quantity: 1 },
      { name: 'VOID LAGIDZE PEAR', note: 'Cancelled at the till: do not make it.' },
    ]);
    // One that comes before the order is stored is answered with it, and not listed.
    const printAgain = () => print(columnsTicket(117).end()).then(entries);
    const listed = expect.objectContaining({ what: 'print', outcome: 'unchanged' });
    await expect.poll(printAgain, WITHIN).toContainEqual(listed);
    expect(await numbered('117')).toHaveLength(1);
  });

  it('takes a reprint for the ticket that it repeats, and shows one that it does not know', async () => {
    await print(reprintTicket().end());
    await print(escpos().line('COPY').line('Order 900').line('1 x Tea').cut().end());
    await expect.poll(() => numbered('900'), WITHIN).toHaveLength(1);
    expect((await numbered('900'))[0]?.note).toMatch(/^REPRINT/);
    expect(await numbered('117')).toHaveLength(1);
  });

  it('takes two tills at once, and two tickets over one connection', async () => {
    await Promise.all([
      print(columnsTicket(201).end(), columnsTicket(202).end()),
      print(receiptTicket().end().subarray(0, 60), receiptTicket().end().subarray(60)),
    ]);
    for (const number of ['201', '202', 'A-118']) await expect.poll(() => numbered(number), WITHIN).toHaveLength(1);
    expect((await numbered('A-118'))[0]).toMatchObject({
      fulfilment: 'delivery',
      customer: { name: 'Zoë Müller', phone: '+49 170 1234567' },
      totalMinor: 2250,
    });
  });

  it('[section 16] makes an order of what ends without a cut, which says that it is incomplete', async () => {
    await print(escpos().init().line('Order 301').line('2 x Tea').end());
    await expect.poll(() => numbered('301'), WITHIN).toHaveLength(1);
    const [order] = await numbered('301');
    expect(order?.note).toMatch(/incomplete/i);
    expect(order?.items).toMatchObject([{ name: 'Tea', quantity: 2 }]);
  });

  it('shows lines that no rule fits as they are', async () => {
    await print(escpos().line('soup for the terrace').cut().end());
    const found = async () => (await orders()).filter((order) => JSON.stringify(order.items).includes('soup for the'));
    await expect.poll(found, WITHIN).toHaveLength(1);
  });

  it.each([
    ['DLE EOT 1', [0x10, 4, 1], '12'],
    ['DLE EOT 2', [0x10, 4, 2], '12'],
    ['DLE EOT 4', [0x10, 4, 4], '12'],
    ['GS r 1', [0x1d, 0x72, 1], '00'],
    ['GS a', [0x1d, 0x61, 0xff], '10000000'],
    ['GS I 67', [0x1d, 0x49, 67], `5f${Buffer.from('TM-T88V').toString('hex')}00`],
  ])('answers %s as a printer that is ready', async (_name, request, answer) => {
    expect(await ask(request, answer.length / 2)).toBe(answer);
  });

  it('answers that a ticket is printed once its order is stored', async () => {
    const confirm = [0x1d, 0x28, 0x48, 6, 0, 48, 48, 1, 2, 3, 4];
    const answer = await ask([...columnsTicket(401).end(), ...confirm], 7);
    expect(answer).toBe('37220102030400');
    expect(await numbered('401')).toHaveLength(1);
  });

  it('makes no order of noise, of a drawer’s kick, or of a picture', async () => {
    const before = (await orders()).length;
    await print(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    await print(escpos().init().bytes(0x1b, 0x70, 0, 25, 250).cut().end());
    await print(escpos().bytes(0x1d, 0x76, 0x30, 0, 1, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8).cut().end());
    await print(escpos().line('Order 501').line('1 x Tea').cut().end());
    await expect.poll(() => numbered('501'), WITHIN).toHaveLength(1);
    expect(await orders()).toHaveLength(before + 1);
    const refused = (await entries()).filter(({ outcome }: { outcome: string }) => outcome === 'refused');
    expect(refused.map(({ detail }: { detail: string }) => detail)).toEqual([
      expect.stringMatching(/picture/),
      expect.stringMatching(/no ticket/),
    ]);
  });

  it('[section 16] ends a connection that sends 1 MiB without a cut', async () => {
    const socket = await till();
    const closed = new Promise((done) =>
      socket
        .once('close', done)
        .once('error', () => undefined)
        .resume(),
    );
    const line = Buffer.from(`${'-'.repeat(63)}\n`);
    const sending = (async () => {
      for (let i = 0; i < 1_100 && !socket.destroyed; i++) {
        socket.write(Buffer.concat(Array(16).fill(line)));
        if (i % 100 === 0) await pause(1);
      }
    })();
    await closed;
    await sending;
  });

  it.each([
    [{}, 'settings.port'],
    [{ port: 0 }, 'settings.port'],
    [{ port: 70_000 }, 'settings.port'],
    [{ port: 9100, host: 'till.example' }, 'settings.host'],
    [{ port: 9100, layout: { item: '(' } }, 'settings.layout'],
    [{ port: 9100, layout: { codePage: 'PC851' } }, 'settings.layout.codePage'],
  ])('with %j is refused, naming the field', async (settings, path) => {
    const { status, json } = await make(settings);
    expect(status).toBe(400);
    expect(json.error.details[0].path).toContain(path);
  });

  it('says in words that its port is taken', async () => {
    const { json } = await make({ port });
    const problem = async () => (await server.api('GET', `/sources/${json.id}`)).json.problem;
    await expect.poll(problem, WITHIN).toMatch(/another program or source uses port/);
    expect((await server.api('DELETE', `/sources/${json.id}`)).status).toBe(204);
  });

  it('[ADR 46] shows a ticket beside what its rules make of it, and what others would', async () => {
    const lines = ['Slip <77>', 'Tea/4'];
    await print(escpos().line(lines[0]).line(lines[1]).cut().end());
    const newest = async () => (await server.api('GET', `/sources/${source.id}/jobs`)).json.jobs[0];
    await expect.poll(newest, WITHIN).toMatchObject({
      complete: true,
      lines: lines.map((text) => ({ text, rule: null })),
      order: { number: null, items: lines.map((name) => ({ name, quantity: 1 })) },
    });
    const layout = { number: 'slip <(\\d+)>', item: '^(?<name>[^/]+)/(?<quantity>\\d+)$' };
    const body = { layout, job: (await newest()).id };
    const { jobs } = (await server.api('POST', `/sources/${source.id}/try`, { body })).json;
    expect(jobs).toMatchObject([
      { lines: [{ rule: 'number' }, { rule: 'item' }], order: { number: '77', items: [{ name: 'Tea', quantity: 4 }] } },
    ]);
    expect((await newest()).order.number).toBeNull();
    const unknown = await server.api('POST', `/sources/${source.id}/try`, { body: { layout, job: 'none' } });
    expect(unknown.status).toBe(404);
    const wrong = await server.api('POST', `/sources/${source.id}/try`, { body: { layout: { item: '(' } } });
    expect(wrong.status).toBe(400);
  });

  it('goes on with other rules when they are changed, and not while it is switched off', async () => {
    const changed = { settings: { port, layout: 'cyrillic' } };
    expect((await server.api('PATCH', `/sources/${source.id}`, { body: changed })).status).toBe(200);
    await expect
      .poll(
        () =>
          print(cyrillicTicket().end()).then(
            () => true,
            () => false,
          ),
        WITHIN,
      )
      .toBe(true);
    await expect.poll(() => numbered('42'), WITHIN).toHaveLength(1);
    expect((await numbered('42'))[0]?.items).toMatchObject([
      { name: 'Хачапури по-аджарски', quantity: 2, modifiers: [{ name: 'без яйца' }] },
      { name: 'Харчо', quantity: 1 },
      { name: 'Чай чёрный', quantity: 1 },
    ]);
    await server.api('PATCH', `/sources/${source.id}`, { body: { enabled: false } });
    await expect(till()).rejects.toThrow(/ECONNREFUSED/);
  });
});
