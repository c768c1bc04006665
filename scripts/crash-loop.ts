import { type CrashReport, runCrashLoop } from '#test/crash/crash-loop.ts';
import { readNumbers } from './read-numbers.ts';

/**
 * `npm run crash-loop -- --kills 500 --displays 3 --seed 7`: kills a server and displays at random under load and
 * compares what is left with what was acknowledged. Exits with 1 if anything is lost, doubled or different, and then keeps the
 * files.
 */
const options = readNumbers({ kills: 500, displays: 3, seed: Date.now() % 1_000_000 });

function countsOf({ record, kills, changes, refused }: CrashReport): Record<string, number> {
  const { orders, taps } = record;
  const http = (outcome: string) => record.changes.filter((change) => change.outcome === outcome).length;
  return {
    'kills of the server, serving': kills.filter((k) => k.name === 'server' && k.doing === 'serving').length,
    'kills of the server, starting': kills.filter((k) => k.name === 'server' && k.doing === 'starting').length,
    'kills of displays, serving': kills.filter((k) => k.name !== 'server' && k.doing === 'serving').length,
    'kills of displays, starting': kills.filter((k) => k.name !== 'server' && k.doing === 'starting').length,
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
  };
}

// Unlike a signal, an exit also ends the programs that were started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
console.log(`${options.kills} kills, ${options.displays} displays, seed ${options.seed}`);
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
