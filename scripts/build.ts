import { join } from 'node:path';
import { BUILDS } from './start/builds.ts';
import { runBuild } from './start/ensure-built.ts';

/** `npm run build`: builds the screen and the shell, even if they are up to date. Everything else runs from its sources. */
const root = join(import.meta.dirname, '..');
for (const build of BUILDS) {
  await runBuild(root, build);
  console.log(`${build.what}: ${build.dir}`);
}
