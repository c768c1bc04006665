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
for (const [index, world] of WORLDS.entries()) {
  // Half of the jumps, forward and back in turn, unless all are asked for.
  const isIncluded = (jump: number) => process.env.CLOCKS !== undefined || (index + jump + (jump >> 1)) % 2 === 0;
  const faults = await runWorld(template, world, isIncluded);
  process.stdout.write(`${JSON.stringify({ ...world, faults })}\n`);
}
process.exit(0);
