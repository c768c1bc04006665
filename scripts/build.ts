import { join } from 'node:path';
import { BUILDS, PAGES } from './start/builds.ts';
import { runBuild } from './start/ensure-built.ts';

/** `npm run build`: builds the screen, the pages and the shell, even if they are up to date. Everything else runs from its sources. */
const root = join(import.meta.dirname, '..');
for (const build of [...BUILDS, PAGES]) {
  await runBuild(root, build);
  console.log(`${build.what}: ${build.dir}`);
}
