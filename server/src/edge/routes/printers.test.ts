import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
let paper: Awaited<ReturnType<typeof startFakePrinter>>;
let printerId: string;

beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
  paper = await startFakePrinter();
  const body = { name: 'Pass', address: paper.address, encoding: 'text', on: ['accepted', 'manual'] };
  const made = await server.api('POST', `/stores/${store.id}/printers`, { body });
  expect(made.status).toBe(201);
  printerId = made.json.id;
});
afterAll(async () => {
  await server.close();
  await paper.stop();
});

const place = async () =>
  (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json;
const jobs = (count: number) =>
  vi.waitFor(() => expect(paper.jobs.filter(({ cuts }) => cuts > 0)).toHaveLength(count), { timeout: 20_000 });

it('[section 14] prints an accepted order on a printer in the network, and one by hand', async () => {
  const order = await place();
  await server.api('POST', `/orders/${order.id}/status`, { body: { status: 'preparing' } });
  await jobs(1);
  const asked = await server.api('POST', `/orders/${order.id}/print`, { body: { printerId } });
  expect([asked.status, asked.json]).toMatchObject([202, { printerId, orderId: order.id, state: 'waiting' }]);
  await jobs(2);
  expect((await server.api('POST', `/printers/${printerId}/test`)).status).toBe(202);
  await jobs(3);
  expect(paper.errors).toEqual([]);
  const { api } = server;
  await vi.waitFor(async () => expect((await api('GET', `/printers/${printerId}`)).json.waiting).toBe(0));
}, 30_000);

it('[section 14] out of paper is an escalation, and the order is printed once when there is paper', async () => {
  paper.state.paper = false;
  const order = await place();
  await server.api('POST', `/orders/${order.id}/status`, { body: { status: 'preparing' } });
  const open = async () =>
    (await server.api('GET', `/stores/${store.id}/escalations?open=true`)).json.escalations.filter(
      ({ kind }: { kind: string }) => kind === 'printer',
    );
  await vi.waitFor(async () => expect(await open()).toHaveLength(1), { timeout: 20_000 });
  expect((await server.api('GET', `/printers/${printerId}`)).json).toMatchObject({
    trouble: 'out_of_paper',
    waiting: 1,
  });
  paper.state.paper = true;
  await jobs(4);
  await vi.waitFor(async () => expect(await open()).toEqual([]), { timeout: 20_000 });
}, 60_000);

it('names the field that is wrong', async () => {
  const wrong = { name: 'Bar', address: 'nowhere' };
  const { status, json } = await server.api('POST', `/stores/${store.id}/printers`, { body: wrong });
  expect([status, json.error.details[0].path]).toEqual([400, 'address']);
});
