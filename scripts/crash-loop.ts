import { join } from 'node:path';
import { type CrashReport, runCrashLoop } from '#test/crash/crash-loop.ts';
import { readNumbers } from './read-numbers.ts';

/**
 * `npm run crash-loop -- --kills 500 --displays 3 --seed 7`: kills a server and displays at random under load and
 * compares what is left with what was acknowledged. With `--nodes 2`: nodes, Redis and PostgreSQL, and compares what webhooks,
 * printers and chats got as well. Exits with 1 if anything is lost, doubled or different, and then keeps the files.
 */
// The programs start hundreds of times.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/node-compile');
const options = readNumbers({ kills: 500, displays: 3, nodes: 0, seed: Date.now() % 1_000_000 });

function countsOf({ record, disturbances, changes, refused, idle, counts }: CrashReport): Record<string, number> {
  const { orders, taps } = record;
  const http = (outcome: string) => record.changes.filter((change) => change.outcome === outcome).length;
  const kinds = [...Map.groupBy(disturbances, (what) => what)].map(([what, all]) => [what, all.length] as const);
  return {
    ...Object.fromEntries(kinds.sort(([a], [b]) => (a < b ? -1 : 1))),
    'kills after which nothing was acknowledged': idle,
    'orders acknowledged': [...orders.values()].filter(({ id }) => id !== null).length,
    '… asked for more than once': [...orders.values()].filter(({ tries }) => tries > 1).length,
    'changes over HTTP acknowledged': http('acknowledged'),
    'changes over HTTP refused': http('refused'),
    'taps answered by a display': taps.filter(({ commandId }) => commandId !== null).length,
    '… of them not repeatable': taps.filter(
      ({ commandId, intent }) => commandId !== null && intent.type !== 'acknowledge',
    ).length,
    'taps whose answer was lost': taps.filter(({ commandId }) => commandId === null).length,
    'taps refused by the server, and told': refused,
    'changes in the log': changes,
    ...counts,
  };
}

// Unlike a signal, an exit also ends the programs that were started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const { kills, displays, nodes } = options;
console.log(`${kills} kills, ${displays} displays, ${nodes === 0 ? '' : `${nodes} nodes, `}seed ${options.seed}`);
const report = await runCrashLoop({ ...options, say: (line) => console.log(`  ${line}`) });
console.table(countsOf(report));
for (const violation of report.violations.slice(0, 50)) console.log(`✗ ${violation}`);
const { violations, seconds, dir } = report;
console.log(
  violations.length === 0
    ? `Nothing lost, nothing twice, all the same; ${Math.round(seconds)} s, seed ${options.seed}.`
    : `${violations.length} things are wrong; seed ${options.seed}; the disks are kept in ${dir}.`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
