import { createNetwork, whyNoNetwork } from '#test/netem/network.ts';
import { runWeathers } from '#test/netem/run-weathers.ts';

/**
 * `sudo npm run netem`: server and display in two network namespaces, and weather on the cable between them, below TCP.
 * Ends with 1 when something was lost, doubled or not said; with 2 when this machine cannot do it, and says why.
 */
const why = whyNoNetwork();
if (why) {
  console.error(why);
  process.exit(2);
}
const network = createNetwork();
// An exit, unlike a signal, takes along what was started.
process.once('exit', network.remove);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (!network.netem) console.log('This kernel has no netem: what needs it is not run.');

const told = await runWeathers(network, ({ name, verdict }) => {
  if (!verdict) return console.log(`- ${name}: not run, needs netem`);
  const seconds = (ms: number | null) => (ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`);
  const { faults, unliveMs, backMs } = verdict;
  console.log(
    `${faults.length === 0 ? '✓' : '✗'} ${name}: not live after ${seconds(unliveMs)}, live again ${seconds(backMs)} after it`,
  );
  for (const fault of faults) console.log(`    ${fault}`);
});
const run = told.flatMap(({ verdict }) => verdict ?? []);
const bad = run.filter(({ faults }) => faults.length > 0).length;
console.log(
  `${run.length - bad} of ${run.length} weathers: nothing lost, nothing twice, nothing said that was not so.`,
);
process.exit(bad === 0 ? 0 : 1);
