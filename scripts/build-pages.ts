import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build } from 'vite';
import { buildIntoPlace } from './start/build-into-place.ts';
import { PAGES } from './start/builds.ts';

/** Builds the server's pages into `dist/pages`, each text also compressed, as the server sends it. */
const root = join(import.meta.dirname, '..');
await buildIntoPlace(root, PAGES, async (outDir) => {
  await build({
    configFile: join(root, 'server/web/vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
  await compressTexts(join(outDir, 'assets'));
}).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function compressTexts(dir: string): Promise<void> {
  const texts = (await readdir(dir)).filter((name) => /\.(js|css|svg|json)$/.test(name));
  await Promise.all(
    texts.map(async (name) => {
      const text = await readFile(join(dir, name));
      await writeFile(join(dir, `${name}.br`), await promisify(brotliCompress)(text));
      await writeFile(join(dir, `${name}.gz`), await promisify(gzip)(text, { level: 9 }));
    }),
  );
}
