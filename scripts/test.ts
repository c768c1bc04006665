import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Counts, runStep, type Step } from './test/step.ts';
import { summary } from './test/summary.ts';

/**
 * `npm test`: everything that CI checks. Runs the steps one after the other, even after one fails; `npm test -- types unit`
 * runs only the named ones. The last line has the totals. Exits with 1 if anything failed.
 */
const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'ticketrail-test-'));
const bin = (path: string): string => join(root, 'node_modules', path);
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

const unitReport = join(scratch, 'unit.json');
const browserReport = join(scratch, 'browser.json');
const steps: Step[] = [
  { name: 'types', args: [join(root, 'scripts/types.ts')] },
  { name: 'lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'boundaries', args: [join(root, 'scripts/boundaries.ts')] },
  { name: 'unused', args: [bin('knip/bin/knip.js')] },
  {
    name: 'unit',
    args: [
      ...[bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'],
      `--outputFile.json=${unitReport}`,
    ],
    counts: (): Counts => {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read(unitReport);
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  },
  {
    name: 'browser',
    // These are real processes and a real browser on a possibly busy machine: a spec that fails is retried once, and the list
    // shows which were flaky.
    args: [join(root, 'scripts/e2e.ts'), '--reporter=list,json', '--retries=1'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
    counts: (): Counts => {
      const { expected, unexpected, flaky, skipped } = read(browserReport).stats;
      return { passed: expected + flaky, failed: unexpected, skipped };
    },
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no step "${unknown[0]}"; there are ${steps.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const outcomes = [];
for (const step of steps) if (wanted.length === 0 || wanted.includes(step.name)) outcomes.push(await runStep(step));
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${summary(outcomes)}`);
if (outcomes.some(({ ok, failed }) => !ok || failed > 0)) process.exitCode = 1;
