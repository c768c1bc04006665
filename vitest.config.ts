import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Zones whose tests leave nothing running: no process, no socket, no timer. */
const QUIET = 'src/{contract,core,renderer}/**/*.test.{ts,tsx}';

export default defineConfig({
  test: {
    environment: 'node',
    // Both cores: by itself vitest leaves one to the machine.
    maxWorkers: 2,
    // The programs that tests start load their compiled modules from here.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node-compile') },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      // One process for many files: starting one and loading its modules takes longer than most of these tests.
      { extends: true, test: { name: 'quiet', include: [QUIET], isolate: false } },
      {
        extends: true,
        test: { name: 'running', include: ['{src,server,scripts,test}/**/*.test.{ts,tsx}'], exclude: [QUIET] },
      },
    ],
  },
});
