import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Zones whose tests leave no process, socket or timer running. */
const QUIET = 'src/{contract,core,renderer}/**/*.test.{ts,tsx}';

export default defineConfig({
  test: {
    environment: 'node',
    // One more than the cores that we expect: many tests wait for a program or a time limit.
    maxWorkers: 3,
    // Programs that tests start load their compiled modules from here.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node-compile') },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      // Files share a process: starting one and loading its modules takes longer than most of these tests.
      { extends: true, test: { name: 'quiet', include: [QUIET], isolate: false } },
      {
        extends: true,
        test: { name: 'running', include: ['{src,server,scripts,test}/**/*.test.{ts,tsx}'], exclude: [QUIET] },
      },
    ],
  },
});
