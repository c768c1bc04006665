import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHostOptions, USAGE } from '#node-host/host-options.ts';
import { SCREEN } from './start/builds.ts';
import { endWithNpm } from './start/end-with-npm.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/** `npm run display:web`: the browser host (contract, section 1). Builds the screen first if needed. */
const root = join(import.meta.dirname, '..');
try {
  const options = readHostOptions(process.argv.slice(2), process.env);
  if (options === 'help') {
    console.log(USAGE);
  } else {
    // Load the host while the screen's sources are being hashed.
    const [{ runHost }, screenDir] = await Promise.all([
      import('#node-host/run-host.ts'),
      ensureBuilt(root, SCREEN, (line) => console.error(line)),
    ]);
    endWithNpm();
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    await runHost(options, screenDir, version);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
