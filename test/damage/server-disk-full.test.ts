import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskServer } from '#test/support/ask-server.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { makeStore, type RunningServer, runServer } from './run-server.ts';

/** From util-linux: sets a resource limit of a running process. */
const PRLIMIT = 'prlimit';
let dir: string;
let server: RunningServer;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-full-'));
});
afterEach(async () => {
  await server?.stop('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** Limits the size of files that a running process may write, which acts like a full disk. */
function limit(pid: number | undefined, bytes: number | 'unlimited'): void {
  execFileSync(PRLIMIT, ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}
function hasPrlimit(): boolean {
  try {
    execFileSync(PRLIMIT, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const place = (api: AskServer, externalId: string) =>
  api('POST', '/orders', { body: { ...orderDraft({ externalId, note: 'x'.repeat(1_500) }), storeId: 'main' } });
/** Places orders until one is refused. */
async function placeUntilFull(api: AskServer): Promise<{ placed: string[]; refused: string }> {
  const placed: string[] = [];
  for (let i = 0; i < 5_000; i++) {
    const { status, json } = await place(api, `full-${i}`);
    if (status === 201) placed.push(json.id);
    else {
      expect([status, json.error.code]).toEqual([503, 'unavailable']);
      return { placed, refused: `full-${i}` };
    }
  }
  throw new Error('the disk was never full');
}

// Only Linux has `prlimit`.
describe.skipIf(!hasPrlimit())('a full disk', () => {
  it('refuses only writes, loses nothing that was acknowledged, and recovers when there is room', async () => {
    server = runServer(join(dir, 'server.db'));
    const api = await server.api();
    const { kitchen } = await makeStore(api);
    await place(api, 'before');
    const client = await connectStore(await server.listening(), { token: kitchen.token });
    const { epoch } = (await api('GET', '/sync', { token: kitchen.token })).json;
    client.confirmAll();
    await client.hello({ epoch, cursor: 0, hash: null });

    limit(server.child.pid, statSync(join(dir, 'server.db-wal')).size + 600_000);
    const { placed, refused } = await placeUntilFull(api);
    expect(placed.length).toBeGreaterThan(3);
    // Otherwise writes smaller than an order might still fit.
    limit(server.child.pid, 4_096);
    const tap = {
      commandId: crypto.randomUUID(),
      orderId: placed[0],
      type: 'acknowledge',
      payload: {},
      baseVersion: 1,
      issuedAt: new Date().toISOString(),
    };
    expect(await client.ask('commands', { commands: [tap] })).toMatchObject({ error: { code: 'unavailable' } });
    expect((await api('GET', '/orders?limit=200')).json.orders).toHaveLength(placed.length + 1);
    for (const path of ['//health', '//ready']) expect((await api('GET', path)).status).toBe(200);
    expect((await api('GET', '/metrics')).text).toMatch(/ticketrail_commits_total\{outcome="undone"\} [1-9]/);
    await until('its log says why', () => /the database is in trouble: the disk/.test(server.output()), 5_000);

    limit(server.child.pid, 'unlimited');
    expect((await place(api, refused)).status).toBe(201);
    expect(await client.ask('commands', { commands: [tap] })).toMatchObject({
      results: [{ commandId: tap.commandId, outcome: 'applied' }],
    });
    await until('the display has it all', () => client.batches.at(-1)?.to === placed.length + 3, 10_000);
    client.close();

    await server.stop('SIGKILL');
    server = runServer(join(dir, 'server.db'));
    const after = await server.api();
    expect((await after('GET', '/orders?limit=200')).json.orders).toHaveLength(placed.length + 2);
    for (const id of placed) expect((await after('GET', `/orders/${id}`)).status).toBe(200);
  }, 120_000);

  it('ends the start with a sentence', async () => {
    server = runServer(join(dir, 'server.db'));
    await server.listening();
    await server.stop();
    server = runServer(join(dir, 'other.db'));
    limit(server.child.pid, 20_000);
    expect(await server.exit).toBe(1);
    expect(server.output()).toMatch(/^the database \S+ cannot be used: the disk [^\n]+\n$/);
  }, 60_000);
});
