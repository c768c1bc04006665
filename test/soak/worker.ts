import { installMachine } from '../fuzz/fake-machine.ts';
import { installHooks } from '../fuzz/hooks.ts';
import type { SoakOptions } from './run-soak.ts';

/**
 * The process of a soak. It permanently replaces its clock and randomness (test/fuzz), takes its options as one JSON argument,
 * and prints one line of JSON per day. Start it with `--expose-gc`, so that it can measure the heap after a collection.
 */
installHooks([]);
installMachine();
const { runSoak } = await import('./run-soak.ts');
const options = JSON.parse(process.argv[2] ?? '') as SoakOptions;
await runSoak(options, (day) => void process.stdout.write(`${JSON.stringify(day)}\n`));
process.exit(0);
