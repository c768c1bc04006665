import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { until } from '#test/support/until.ts';
import { makeStore, runServer } from './run-server.ts';

const WORDS = 'The database file was removed or replaced while the server ran';

it('a database whose files are removed or replaced: no order is acknowledged until they are back', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-gone-'));
  const file = join(dir, 'server.db');
  let server = runServer(file);
  onTestFinished(async () => {
    await server.stop('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });
  let api = await server.api();
  await makeStore(api);
  const place = () => api('POST', '/orders', { body: { ...orderDraft(), storeId: 'main' } });
  const logged = () => server.output().split(`the database is in trouble: ${WORDS}`).length - 1;
  expect((await place()).status).toBe(201);

  let placed = 1;
  for (const [name, isCopied] of [
    [file, false],
    [file, true],
    [`${file}-wal`, false],
  ] as const) {
    renameSync(name, `${name}.moved`);
    if (isCopied) copyFileSync(`${name}.moved`, name);
    const { status, json } = await place();
    expect([status, json.error.code]).toEqual([503, 'unavailable']);
    expect(json.error.message).toContain(WORDS);
    const ready = await api('GET', '//ready');
    expect([ready.status, ready.json.error.message]).toEqual([503, json.error.message]);
    expect((await api('GET', '/orders')).json.orders).toHaveLength(placed);
    const before = logged();
    await until('its log says so, with nothing to write', () => logged() > before, 20_000);
    renameSync(`${name}.moved`, name);
    expect((await place()).status).toBe(201);
    placed++;
  }

  await server.stop('SIGKILL');
  expect(existsSync(`${file}-wal`)).toBe(true);
  server = runServer(file);
  api = await server.api();
  expect((await api('GET', '/orders')).json.orders).toHaveLength(placed);
}, 120_000);
