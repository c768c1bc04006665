import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { runRandomCuts } from '#test/faults/random-cuts.ts';
import { DARK } from '#test/faults/scenarios.ts';
import { spread } from '../bench/support.ts';
import { readNumbers } from './read-numbers.ts';

/**
 * `npm run faults -- --cuts 100 --displays 4 --seed 7`: cuts the links of displays at random and prints how long their
 * screens still showed `live`. Exits with 1 if one did so for longer than 12 s (plus half a second for the machine), if one
 * named another cause than the missing server, or if anything was lost, doubled or different.
 */
const { cuts, displays, seed } = readNumbers({ cuts: 100, displays: 4, seed: Date.now() % 1_000_000 });

// Unlike a signal, an exit also ends the programs that were started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
console.log(`${cuts} cuts, ${displays} displays, seed ${seed}`);
const result = await runRandomCuts({ cuts, displays, seed }, (line) => console.log(`  ${line}`));
const seconds = (samples: number[]) => {
  const { p50, p99, max } = spread(samples);
  return [p50, p99, max].map((ms) => Math.round(ms / 10) / 100);
};
const row = (kind: string, list: typeof result.cuts) => {
  const [p50, p99, max] = seconds(list.map(({ unliveMs }) => unliveMs));
  const [back50, back99, backMax] = seconds(list.map(({ backMs }) => backMs));
  return { kind, cuts: list.length, p50, p99, max, 'back p50': back50, 'back p99': back99, 'back max': backMax };
};
console.log('\nSeconds until the screen did not say live, and from the end of the fault until it did again:');
console.table([
  ...DARK.map(({ name }) => {
    const cuts = result.cuts.filter(({ kind }) => kind === name);
    return row(name, cuts);
  }).filter((one) => one.cuts > 0),
  row('all', result.cuts),
]);
const named = result.cuts.filter(({ causes }) => causes.join() === 'server_away').length;
console.log(
  `After ${named} of ${result.cuts.length} cuts the cause was named before the end of the fault, and it was right.`,
);
console.log(`${result.orders} orders and ${result.taps} taps were made while the link was dead.`);
const late = result.cuts.filter(({ unliveMs }) => unliveMs > LIVE_WITHIN_MS + 500);
for (const { kind, unliveMs } of late) result.faults.push(`${kind}: live for ${Math.round(unliveMs)} ms after the cut`);
for (const fault of result.faults) console.log(`✗ ${fault}`);
console.log(
  result.faults.length === 0
    ? `Nothing lost, nothing twice, never live for longer than 12 s, no wrong cause; seed ${seed}.`
    : `${result.faults.length} things are wrong; seed ${seed}.`,
);
process.exitCode = result.faults.length === 0 ? 0 : 1;
