import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Change } from '#contract/sync.ts';
import { endWithStarter } from '#test/support/end-with-starter.ts';
import type { Service } from './service.ts';
import { createReplica } from './testing/replica.ts';
import { ADMIN } from './testing/shop.ts';
import { sqliteService } from './testing/temp-service.ts';

const LOAD = fileURLToPath(new URL('./testing/write-until-killed.ts', import.meta.url));
const KILLS = 4;

/** Runs the load on a file, kills it after so many acknowledged lines, and returns those lines. */
async function runAndKill(file: string, shop: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [LOAD, file, shop], { stdio: ['ignore', 'pipe', 'pipe'] });
  endWithStarter(child);
  let out = '';
  let trouble = '';
  child.stderr.on('data', (text) => (trouble += text));
  child.stdout.on('data', (text) => {
    out += text;
    if (out.split('\n').length > lines) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(trouble).toBe('');
  return out.split('\n').slice(0, -1);
}

it('kill -9 under load loses nothing acknowledged, and leaves a complete log', async () => {
  const temp = await sqliteService();
  await temp.service.close();
  for (let kill = 0; kill < KILLS; kill++) {
    const shop = `shop${kill}`;
    const acknowledged = (await runAndKill(temp.file, shop, 30 + kill * 60)).map((line) => line.split(' '));
    const service = await temp.restart();
    const display = acknowledged.find(([what]) => what === 'display')?.[1] ?? '';
    const seqs = new Map<string, number>();
    const log = await wholeLog(service, shop);
    for (const [i, { type, orderId }] of log.entries())
      if (type === 'order_created') expect(log[i + 1]).toMatchObject({ orderId, by: { id: 'auto-accept' } });
    for (const { cause, seq } of log) {
      if (!cause) continue;
      expect(seqs.has(cause.commandId)).toBe(false);
      seqs.set(cause.commandId, seq);
    }
    expect((await service.knownCommands(display, [...seqs.keys()])).length).toBe(seqs.size);
    for (const [what, id = '', seq] of acknowledged) {
      if (what === 'order') expect((await service.orders.get(ADMIN, id)).seq).toBe(Number(seq));
      if (what === 'command') expect(seqs.get(id)).toBe(Number(seq));
    }
    const soldOut = acknowledged.filter(([what]) => what === 'sold-out').map(([, dish]) => Number(dish));
    const [dish] = (await service.availability.get(shop)).unavailable;
    expect(Number(dish?.name ?? 0)).toBeGreaterThanOrEqual(soldOut.at(-1) ?? 0);
    await service.close();
    const raw = new Sqlite(temp.file, { readonly: true });
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    raw.close();
  }
  await temp.dispose();
}, 60_000);

/** Every change of a shop's log, from its start; the replica checks that there is no gap. */
async function wholeLog(service: Service, shop: string): Promise<Change[]> {
  const replica = createReplica(() => service, shop);
  const { epoch } = await service.log.head(shop);
  replica.standAt({ epoch, cursor: 0, hash: null });
  return replica.follow();
}
