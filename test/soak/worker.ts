import { installMachine } from '../fuzz/fake-machine.ts';
import { installHooks } from '../fuzz/hooks.ts';
import type { SoakOptions } from './run-soak.ts';

/**
 * The process of a soak: its clock and its randomness are replaced for good (test/fuzz). Its argument is the options as JSON; it
 * prints one line of JSON for each day. Start it with `--expose-gc`, so that the heap is measured after a collection.
 */
installHooks([]);
installMachine();
const { runSoak } = await import('./run-soak.ts');
const options = JSON.parse(process.argv[2] ?? '') as SoakOptions;
await runSoak(options, (day) => void process.stdout.write(`${JSON.stringify(day)}\n`));
process.exit(0);
