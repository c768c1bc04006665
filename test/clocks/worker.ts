import { installMachine } from '../fuzz/fake-machine.ts';
import { installHooks } from '../fuzz/hooks.ts';

/** The process of the matrix: its clock is permanently replaced. Prints one line of JSON per world that went wrong. */
installHooks([]);
installMachine();
const { watchSqlite } = await import('../fuzz/disks.ts');
watchSqlite();
const { OPENING } = await import('../fuzz/simulation.ts');
const { createTemplate } = await import('../fuzz/sim-server.ts');
const { WORLDS, runWorld } = await import('./matrix.ts');

const template = await createTemplate(OPENING, process.argv[2]);
for (const world of WORLDS) {
  const faults = await runWorld(template, world);
  process.stdout.write(`${JSON.stringify({ ...world, faults })}\n`);
}
process.exit(0);
