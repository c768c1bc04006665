import { parseArgs } from 'node:util';
import { installMachine } from './fake-machine.ts';
import { installHooks } from './hooks.ts';
import { patchesOf } from './mutants.ts';

/** Runs seeds in a process whose time, randomness and sources are permanently replaced. Prints one line of JSON per run. */
const { values } = parseArgs({
  options: {
    /** The first seed, the end (exclusive), and the step between seeds. */
    seed: { type: 'string', default: '1' },
    end: { type: 'string', default: '2' },
    step: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    /** The numbers are of schedules of so many events. */
    events: { type: 'string' },
    /** The folder for its files; the parent process removes it. */
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

const { runSchedule } = await import('./schedules.ts');

const template = await createTemplate(OPENING, values.folder);
const step = Number(values.step);
const end = Number(values.end);
for (let seed = Number(values.seed); seed < end; seed += step) {
  const run = values.events ? await runSchedule(template, Number(values.events), seed) : await runSeed(template, seed);
  if (typeof run === 'number') {
    // This worker's last number before the first that may be possible.
    seed += Math.floor((run - 1 - seed) / step) * step;
    continue;
  }
  process.stdout.write(`${JSON.stringify(run.faults.length ? run : { ...run, steps: run.steps.length })}\n`);
}
process.exit(0);
