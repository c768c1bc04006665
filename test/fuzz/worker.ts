import { parseArgs } from 'node:util';
import { installMachine } from './fake-machine.ts';
import { installHooks } from './hooks.ts';
import { patchesOf } from './mutants.ts';

/**
 * A process of its own for a stretch of seeds, so that time, chance and sources can be put into other hands for good.
 * Prints one line of JSON for each run.
 */
const { values } = parseArgs({
  options: {
    /** With commas between them. */
    seeds: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    /** For its files; whoever started it removes them. */
    folder: { type: 'string' },
  },
});

installHooks(patchesOf(values.mutant));
installMachine();
const { watchSqlite } = await import('./disks.ts');
watchSqlite();
const { OPENING } = await import('./simulation.ts');
const { createTemplate } = await import('./sim-server.ts');
const { runSeed } = await import('./run-seed.ts');

const template = await createTemplate(OPENING, values.folder);
for (const seed of values.seeds.split(',').map(Number)) {
  const run = await runSeed(template, seed);
  process.stdout.write(`${JSON.stringify(run.faults.length ? run : { ...run, steps: run.steps.length })}\n`);
}
process.exit(0);
