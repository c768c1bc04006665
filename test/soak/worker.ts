import { parseArgs } from 'node:util';
import { installMachine } from '../fuzz/fake-machine.ts';
import { installHooks } from '../fuzz/hooks.ts';

/**
 * The process of a soak: its clock and its randomness are replaced for good (test/fuzz). Prints one line of JSON for each day.
 * Start it with `--expose-gc`, so that the heap is measured after a collection.
 */
const option = (otherwise: string) => ({ type: 'string', default: otherwise }) as const;
const { values } = parseArgs({
  options: { days: option('7'), hours: option('24'), orders: option('300'), seed: option('1') },
});

installHooks([]);
installMachine();
const { runSoak } = await import('./run-soak.ts');
await runSoak(
  {
    days: Number(values.days),
    hours: Number(values.hours),
    orders: Number(values.orders),
    seed: Number(values.seed),
  },
  (day) => void process.stdout.write(`${JSON.stringify(day)}\n`),
);
process.exit(0);
