import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of whole programs take longest, whatever their files' sizes: begun last, the last of them would run alone. */
class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (/\/(test|scripts)\//.test(moduleId) ? 0 : 1);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

const ALL = ['{src,server,scripts,test}/**/*.test.{ts,tsx}'];
/** What runs on PostgreSQL in every test run: what is PostgreSQL's alone, and the suites of log, orders, commands and two writers. */
const ON_POSTGRES = [
  'server/src/database/postgres/*.test.ts',
  'scripts/move/*.test.ts',
  'scripts/*/*postgres.test.ts',
  'server/src/nodes/{share-displays,start-nodes}.test.ts',
  'server/src/two-writers.test.ts',
  'server/src/leases/*.test.ts',
  'server/src/{log,orders,commands}/{log,orders,commands}.test.ts',
];
const ONLY_POSTGRES = ON_POSTGRES.slice(0, 4);

/** With `TICKETRAIL_TEST_DATABASE=postgres`, every suite runs on PostgreSQL, and none on SQLite. */
const allOnPostgres = process.env.TICKETRAIL_TEST_DATABASE === 'postgres';

export default defineConfig({
  test: {
    projects: [
      ...(allOnPostgres
        ? []
        : [
            {
              extends: true as const,
              test: { name: 'unit', include: ALL, exclude: [...configDefaults.exclude, ...ONLY_POSTGRES] },
            },
          ]),
      {
        extends: true as const,
        test: {
          name: 'postgres',
          include: allOnPostgres ? ALL : ON_POSTGRES,
          globalSetup: ['test/support/postgres-setup.ts'],
          env: { TICKETRAIL_TEST_DATABASE: 'postgres' },
        },
      },
    ],
    environment: 'node',
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
