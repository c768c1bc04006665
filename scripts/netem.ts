import { createNetwork, whyNoNetwork } from '#test/netem/network.ts';
import { runCableScenarios } from '#test/netem/run-conditions.ts';

/**
 * `sudo npm run netem`: server and display in two network namespaces, with faults of the cable between them, below TCP. Ends
 * with 1 when something was lost, doubled or shown wrongly; with 2 and the reason when this machine cannot run it.
 */
const why = whyNoNetwork();
if (why) {
  console.error(why);
  process.exit(2);
}
const network = createNetwork();
// Unlike a signal, an exit also ends what was started.
process.once('exit', network.remove);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (!network.netem) console.log('This kernel has no netem: what needs it is not run.');

const all = await runCableScenarios(network, ({ name, result }) => {
  if (!result) return console.log(`- ${name}: not run, needs netem`);
  const seconds = (ms: number | null) => (ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`);
  const { faults, unliveMs, backMs } = result;
  console.log(
    `${faults.length === 0 ? '✓' : '✗'} ${name}: not live after ${seconds(unliveMs)}, live again ${seconds(backMs)} after it`,
  );
  for (const fault of faults) console.log(`    ${fault}`);
});
const run = all.flatMap(({ result }) => result ?? []);
const bad = run.filter(({ faults }) => faults.length > 0).length;
console.log(`${run.length - bad} of ${run.length} faults: nothing lost, nothing twice, nothing shown that was not so.`);
process.exit(bad === 0 ? 0 : 1);
