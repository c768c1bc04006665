import { afterAll, beforeAll, expect, it } from 'vitest';
import { Stats } from '#contract/sync.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
  for (const status of ['pending', 'completed', 'cancelled'] as const)
    await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft({ status }) });
});
afterAll(() => server.close());
const stats = (query: string) => server.api('GET', `/stats?${query}`, { token: store.display.token });

it('[section 5] GET /stats without a time range is today’s; revenue excludes cancelled orders', async () => {
  const { json } = await stats('');
  expect(Stats.parse(json)).toMatchObject({ orders: 3, revenueMinor: 5800, averageMinor: 2900 });
  expect(json.byStatus).toMatchObject({ pending: 1, completed: 1, cancelled: 1 });
});

it('[section 5] GET /stats accepts a time range', async () => {
  expect((await stats('from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z')).json.orders).toBe(0);
  expect((await stats('from=2020-01-01T00:00:00Z')).json.orders).toBe(3);
});

it.each(['from=zzz', 'to=2026-01-01T00:00:00Z', 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'day=1'])(
  '[section 5] GET /stats refuses ?%s',
  async (query) => {
    const { status, json } = await stats(query);
    expect([status, json.error.code]).toEqual([400, 'invalid_request']);
  },
);
