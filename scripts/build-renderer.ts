import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { hashScreenSources } from './start/screen-sources.ts';
import { swapFolder } from './start/swap-folder.ts';

/** Builds the screen into `dist/renderer`, which at any time holds one whole build, the old one or the new one. */
const root = join(import.meta.dirname, '..');
const outDir = join(root, 'dist', 'renderer');
const fresh = join(root, 'dist', `.renderer-${process.pid}`);

const sources = await hashScreenSources(root);
try {
  await build({
    configFile: join(root, 'src/renderer/vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir: fresh, emptyOutDir: true },
  });
  await writeFile(join(fresh, '.sources'), `${sources}\n`);
  await swapFolder(fresh, outDir);
} finally {
  await rm(fresh, { recursive: true, force: true });
}
