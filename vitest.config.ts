import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of whole programs take longest, whatever their files' sizes: begun last, the last of them would run alone. */
class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (/\/(test|scripts)\//.test(moduleId) ? 0 : 1);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['{src,server,scripts,test}/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: ['test/support/postgres-setup.ts'],
    // Twice the cores that we expect: half of the time a file waits for a program or a time limit.
    maxWorkers: 4,
    // Files share a process: starting one and loading its modules takes longer than most tests.
    isolate: false,
    sequence: { sequencer: ProgramsFirst },
    // Programs that tests start load their compiled modules from here.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node-compile') },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
