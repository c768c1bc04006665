import { join } from 'node:path';
import { build } from 'vite';
import { buildIntoPlace } from './start/build-into-place.ts';
import { SCREEN } from './start/builds.ts';

/** Builds the screen into `dist/renderer`. */
const root = join(import.meta.dirname, '..');
await buildIntoPlace(root, SCREEN, (outDir) =>
  build({
    configFile: join(root, 'src/renderer/vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  }),
).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
