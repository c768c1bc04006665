import { join } from 'node:path';
import { readHostOptions, USAGE } from '#node-host/host-options.ts';
import { SCREEN } from './start/builds.ts';
import { endWithNpm } from './start/end-with-npm.ts';
import { ensureBuilt } from './start/ensure-built.ts';
import { packageVersion } from './start/package-version.ts';

/** `npm run display:web`: the browser host (contract, section 1), its screen built first when that is needed. */
const root = join(import.meta.dirname, '..');
try {
  const options = readHostOptions(process.argv.slice(2), process.env);
  if (options === 'help') {
    console.log(USAGE);
  } else {
    // Loaded while the screen's sources are looked at.
    const [{ runHost }, screenDir] = await Promise.all([
      import('#node-host/run-host.ts'),
      ensureBuilt(root, SCREEN, (line) => console.error(line)),
    ]);
    endWithNpm();
    await runHost(options, screenDir, packageVersion(root));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
