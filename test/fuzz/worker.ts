import { parseArgs } from 'node:util';
import { installMachine } from './fake-machine.ts';
import { installHooks } from './hooks.ts';
import { patchesOf } from './mutants.ts';

/** Runs seeds in a process whose time, chance and sources are replaced for good. Prints one line of JSON per run. */
const { values } = parseArgs({
  options: {
    /** With commas between them. */
    seeds: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    /** For its files; the parent removes it. */
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
