import { describe, expect, it } from 'vitest';
import type { HistoryEntry, HistoryPage, HistoryQuery, PathFigures } from '#contract/history.ts';
import { sha256 } from '#test/support/sha256.ts';
import { memoryCache } from '../testing/memory-storage.ts';
import { createTestHarness } from '../testing/test-harness.ts';
import { createHistory } from './history.ts';

/** The event history, on the real core with a fake server. */

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('token-1');
  await one.start();
  await harness.pass(1_000);
  const ask = async <T>(name: string, input: unknown): Promise<T> => {
    const answer = await one.display.call(name, input);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value as T;
  };
  const page = (query: Partial<HistoryQuery> = {}) => ask<HistoryPage>('getHistory', { limit: 200, ...query });
  const entries = async <K extends HistoryEntry['kind']>(kind: K) =>
    (await page({ kinds: [kind] })).entries.toReversed() as Extract<HistoryEntry, { kind: K }>[];
  const figures = () => ask<PathFigures>('getPathFigures', null);
  return { ...harness, one, page, entries, figures, ask };
}

describe('the event history', () => {
  it('records each change with its path and its delay by the server’s clock', async () => {
    const { server, one, pass, entries, figures } = await openHarness();
    const id = server.place();
    await pass(50);
    one.network.setWebsocket(false);
    await pass(5_000);
    server.change(id, { note: 'hurry' });
    await pass(40_000);
    one.network.setCable('cut');
    await pass(10_000);
    server.cancel(id);
    server.compact(0);
    server.place();
    await pass(5_000);
    one.network.setCable('whole');
    one.network.setWebsocket(true);
    await pass(60_000);

    const changes = await entries('change');
    expect(changes.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'order_created socket',
      'order_updated poll',
      'order_status_changed snapshot',
      'order_created snapshot',
    ]);
    expect(changes[0]).toMatchObject({ orderNumber: '1', status: 'pending', by: { name: 'web' }, seq: 1 });
    expect(changes[0]?.delayMs).toBeLessThan(20);
    expect(changes[2]).toMatchObject({ status: 'cancelled', previousStatus: 'pending', reason: 'no', by: null });
    expect(changes[2]?.delayMs).toBeGreaterThan(5_000);
    const { socket, poll, snapshot, reconnects } = await figures();
    expect([socket.count, poll.count, snapshot.count, reconnects]).toEqual([1, 1, 2, 1]);
    expect(poll.maxMs).toBeGreaterThan(socket.maxMs ?? 0);
    const [first, again] = await entries('snapshot');
    expect(first).toMatchObject({ reason: 'first', changed: 0 });
    expect(again).toMatchObject({ reason: 'too_old', orders: 2, changed: 2 });
  });

  it('records the status after each of several changes in one batch', async () => {
    const { server, one, pass, entries } = await openHarness();
    one.network.setCable('cut');
    const id = server.place();
    const iso = new Date(server.now()).toISOString();
    for (const status of ['preparing', 'ready'] as const)
      server.change(id, { status, statusSince: iso }, 'order_status_changed');
    server.remove(id);
    one.network.setCable('whole');
    await pass(60_000);
    expect((await entries('change')).map(({ type }) => type)).toEqual([
      'order_created',
      'order_status_changed',
      'order_status_changed',
      'order_deleted',
    ]);
  });

  it('keeps entries over a restart and finds them by number, name and reason, case-insensitively', async () => {
    const { server, one, pass, page } = await openHarness();
    const id = server.place({ number: 'Стол-7' });
    server.place();
    await pass(50);
    server.cancel(id);
    await pass(50);
    await one.restart();
    const found = async (search: string) => (await page({ search })).entries.map(({ kind }) => kind);
    expect(await found('СТОЛ')).toEqual(['change', 'change']);
    expect(await found('WEB')).toHaveLength(3);
    expect(await found('nobody')).toEqual([]);
  });
});

it('records taps and their answers', async () => {
  const { server, one, pass, entries } = await openHarness();
  const id = server.place({ number: '117' });
  await pass(50);
  one.network.setCable('cut');
  await one.screen.bump(id, 'pending', 'preparing');
  await one.screen.bump(id, 'preparing', 'ready');
  server.cancel(id);
  await pass(1_000);
  one.network.setCable('whole');
  await pass(60_000);
  const taps = await entries('tap');
  expect(taps).toMatchObject([
    { orderNumber: '117', intent: 'set_status', payload: { to: 'preparing' } },
    { orderNumber: '117', intent: 'set_status', payload: { to: 'ready' } },
  ]);
  expect(await entries('answer')).toMatchObject(
    taps.map(({ commandId }) => ({ commandId, outcome: 'rejected', code: 'order_cancelled' })),
  );
  const [, ready] = await entries('prepared_after_cancel');
  expect(ready).toMatchObject({ orderNumber: '117', payload: { to: 'ready' } });
  expect(ready?.cancelledAt).toBeLessThanOrEqual(server.now());
});

it('records each change of the link with its cause, once', async () => {
  const { one, pass, entries } = await openHarness();
  one.network.setCable('cut');
  await pass(60_000);
  one.network.setCable('whole');
  await pass(60_000);
  const link = await entries('link');
  expect(link.map(({ state }) => state)).toEqual(['connecting', 'live', 'connecting', 'offline', 'polling', 'live']);
  expect(link[3]).toMatchObject({ cause: 'server_away' });
});

it('exports the whole history in JSON lines, page by page', async () => {
  const { server, pass, ask, page } = await openHarness();
  for (let i = 0; i < 2_100; i++) server.place();
  await pass(10_000);
  const parts: string[] = [];
  let before: number | null = null;
  do {
    const part: { lines: string; nextBefore: number | null } = await ask('exportHistory', { before });
    parts.push(part.lines);
    before = part.nextBefore;
  } while (before !== null);
  const lines = parts
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(parts.length).toBeGreaterThan(1);
  expect(lines.filter(({ kind }) => kind === 'change')).toHaveLength(2_100);
  expect(lines.at(-1)).toMatchObject({ kind: 'display', what: 'started' });
  expect(new Date(lines[0].at).toISOString()).toBe(lines[0].at);
  expect(lines[0].id).toBe((await page({ limit: 1 })).entries[0]?.id);
});

it('[S4] keeps the history when the cache is replaced by a snapshot', async () => {
  const { server, one, pass, page } = await openHarness();
  server.place();
  await pass(50);
  server.restore(server.backup(), { newEpoch: true });
  one.network.setCable('cut');
  one.network.setCable('whole');
  await pass(60_000);
  expect((await page({ kinds: ['change'] })).entries).toHaveLength(1);
});

it('deletes entries after 14 days', () => {
  let now = 0;
  const cache = memoryCache().store;
  const history = createHistory({ cache, now: () => now, orderNumber: () => null, onDisk: (run) => run() });
  history.display('started');
  now = 13 * 24 * 3_600_000;
  history.display('disk_full');
  history.prune();
  expect(history.page({ limit: 9 }).entries).toHaveLength(2);
  now = 15 * 24 * 3_600_000;
  history.prune();
  expect(history.page({ limit: 9 }).entries).toMatchObject([{ what: 'disk_full' }]);
});

it('loses only history entries, no tap and no answer, when the cache cannot be written', async () => {
  const { server, one, pass, entries } = await openHarness();
  const id = server.place();
  await pass(50);
  one.storage.cache.disk.failWrites('full');
  expect(await one.screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
  await pass(1_000);
  expect(server.order(id)?.status).toBe('preparing');
  expect(one.screen.status()).toMatchObject({ troubles: ['disk_full'] });
  one.storage.cache.disk.failWrites(null);
  await pass(60_000);
  expect(one.screen.status()).toMatchObject({ troubles: [], link: { state: 'live' } });
  expect(await entries('tap')).toEqual([]);
});
