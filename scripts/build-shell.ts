import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { buildIntoPlace } from './start/build-into-place.ts';
import { SHELL } from './start/builds.ts';

/**
 * Builds the Electron program into `dist/shell`: `main.js` with everything needed at the start except Electron and
 * better-sqlite3, which cannot be bundled, like resvg, which draws tickets; `lazy/` with what it loads on demand; `preload.cjs`, because a sandboxed preload is
 * one CommonJS file; and the icons of tray and window.
 */
const root = join(import.meta.dirname, '..');
const NOT_BUNDLED = ['electron', 'better-sqlite3', '@resvg/resvg-js'];
/** The `ws` package tries to load these and works without. */
const OPTIONAL = ['bufferutil', 'utf-8-validate'];

/** Minifies but keeps function names, which the log shows. */
const MINIFY = { compress: true, mangle: false, codegen: true } as const;

function bundle(entry: string, outDir: string, fileName: string, format: 'es' | 'cjs'): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: NOT_BUNDLED },
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: {
        external: [...NOT_BUNDLED, ...OPTIONAL],
        output: {
          format,
          entryFileNames: fileName,
          chunkFileNames: ({ name, facadeModuleId }) =>
            `lazy/${facadeModuleId?.includes('/electron-updater/') ? 'updater' : name}.js`,
          codeSplitting: format === 'es',
          minify: MINIFY,
        },
      },
    },
  };
}

await buildIntoPlace(root, SHELL, async (outDir) => {
  await build(bundle('src/main/main.ts', outDir, 'main.js', 'es'));
  await build(bundle('src/preload/preload.ts', outDir, 'preload.cjs', 'cjs'));
  await cp(join(root, 'build/tray'), join(outDir, 'tray'), { recursive: true });
  await cp(join(root, 'build/icons/256x256.png'), join(outDir, 'tray/window.png'));
}).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
