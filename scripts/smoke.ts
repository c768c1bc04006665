import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { smokeProgram } from './pack/smoke-program.ts';

/**
 * `npm run smoke -- PROGRAM`: starts an installed program, uses it, kills it and starts it again. With `--desktop` it also checks
 * notification and tray icon, on Linux. Leaves pictures and logs in `test-results/smoke`, or in the folder that `--output` names.
 * Exits with 1 if a step fails.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    output: { type: 'string', default: join(import.meta.dirname, '../test-results/smoke') },
    desktop: { type: 'boolean', default: false },
  },
});
const [program] = positionals;
if (!program) {
  console.error('Name the program to start: npm run smoke -- /opt/Ticketrail/ticketrail');
  process.exit(1);
}
try {
  await smokeProgram(resolve(program), resolve(values.output), console.log, values.desktop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
