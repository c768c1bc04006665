import { runCableScenarios } from '#test/netem/cable-scenarios.ts';
import { createNetwork, whyNoNetwork } from '#test/netem/network.ts';

/**
 * `sudo npm run netem`: server and display in two network namespaces, with faults below TCP in the cable between them. Exits
 * with 1 if something was lost, doubled or shown wrongly; with 2 and the reason if this machine cannot run it.
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

const seconds = (ms: number | null) => (ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`);
let bad = 0;
for await (const { name, faults, unliveMs, backMs } of runCableScenarios(network)) {
  const mark = faults.length === 0 ? '✓' : '✗';
  console.log(`${mark} ${name}: not live after ${seconds(unliveMs)}, live again ${seconds(backMs)} after it`);
  for (const fault of faults) console.log(`    ${fault}`);
  if (faults.length > 0) bad++;
}
console.log(
  bad === 0 ? 'Nothing lost, nothing twice, nothing shown that was not so.' : `${bad} faults found something.`,
);
process.exit(bad === 0 ? 0 : 1);
