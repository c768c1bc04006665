import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { board, boardPage } from './board.ts';
import { catchUp } from './catch-up.ts';
import { coldOpen } from './cold-open.ts';
import { feedCost } from './feed.ts';
import { orderToPaint } from './order-to-paint.ts';
import { peerCost } from './peers.ts';
import { startOver } from './start-over.ts';
import { cleanUp, type Spread } from './support.ts';
import { webhookCost } from './webhooks.ts';

/** `npm run bench [-- name …]`: runs the benchmarks, prints a table, writes `bench/results/<name>.json`. */
const BENCHES: Record<string, () => Promise<object>> = {
  'order-to-paint': () => orderToPaint({ displays: 10, painted: 1, ordersPerSecond: 50, seconds: 20 }),
  'order-to-paint-all': () => orderToPaint({ displays: 10, painted: 10, ordersPerSecond: 50, seconds: 20 }),
  board: () => board({ open: [20, 200], changesPerSecond: 50, seconds: 60 }),
  'board-page': () => boardPage({ open: [20, 200, 500], changesPerSecond: 50, seconds: 60 }),
  'catch-up': () => catchUp({ orders: 10_000, missed: 1_000, changed: 50, runs: 5 }),
  'start-over': () => startOver({ displays: 200, orders: 10_000, ordersPerSecond: 50, runs: 5 }),
  webhooks: () => webhookCost({ ordersPerSecond: 50, seconds: 1, turns: 40 }),
  feed: () => feedCost({ ordersPerSecond: 50, seconds: 1, turns: 40 }),
  kafka: () => peerCost({ peers: ['kafka'], ordersPerSecond: 50, seconds: 1, turns: 40 }),
  telegram: () => peerCost({ peers: ['telegram'], ordersPerSecond: 50, seconds: 1, turns: 40 }),
  'kafka-and-telegram': () => peerCost({ peers: ['kafka', 'telegram'], ordersPerSecond: 50, seconds: 1, turns: 40 }),
  'cold-open': () => coldOpen({ orders: 10_000, open: 60, runs: 5 }),
};

const isSpread = (value: unknown): value is Spread => typeof value === 'object' && value !== null && 'p99' in value;
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

const folder = join(import.meta.dirname, 'results');
await mkdir(folder, { recursive: true });
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name} …`);
  const result = await bench().finally(cleanUp);
  const settings = Object.entries(result).filter(([, value]) => !isSpread(value));
  console.log(settings.map(([key, value]) => `${key} ${value}`).join(' · '));
  console.table(
    Object.fromEntries(
      Object.entries(result)
        .filter(([, value]) => isSpread(value))
        .map(([key, value]) => [
          key,
          Object.fromEntries(Object.entries(value as Spread).map(([k, v]) => [k, Math.round(v * 10) / 10])),
        ]),
    ),
  );
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  await writeFile(
    join(folder, `${name}.json`),
    `${JSON.stringify({ name, at: new Date().toISOString(), machine, ...result }, null, 2)}\n`,
  );
}
