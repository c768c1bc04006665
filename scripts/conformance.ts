import { styleText } from 'node:util';
import { type Options, readOptions } from '../test/conformance/options.ts';
import { NOT_YET, suite } from '../test/conformance/suite.ts';
import { type Check, type Group, type Outcome, runCheck } from '../test/conformance/support/check.ts';
import { createLauncher, launchOurs } from '../test/conformance/support/start-server.ts';
import type { Subject } from '../test/conformance/support/subject.ts';
import { setup, teardown } from '../test/support/postgres-setup.ts';
import { conformDisplay } from './conformance-display.ts';

/**
 * `npm run conformance`: checks a server against the contract; see test/conformance/README.md. With
 * `TICKETRAIL_TEST_DATABASE=postgres`, our own server runs on PostgreSQL.
 */

const AT_ONCE = 8;

async function subjectOf(options: Options): Promise<{ server: Subject; close(): Promise<void> }> {
  const { server } = options;
  if (server) return { server, close: async () => {} };
  const launcher = options.start ? createLauncher(options.start, process.cwd()) : launchOurs();
  return { server: await launcher.start(), close: launcher.close };
}

/** Runs all checks, a few at a time, and reports each group when it is complete. */
async function runAll(server: Subject, groups: Group[], only: string): Promise<Outcome[]> {
  const all: Outcome[] = [];
  const waiting: (() => Promise<void>)[] = [];
  for (const { title, checks, slow } of groups) {
    const wanted = Object.entries(checks).filter(([name]) => `${title} ${name}`.includes(only));
    const outcomes: [name: string, Outcome][] = [];
    const run = async (name: string, check: Check): Promise<void> => {
      outcomes.push([name, await runCheck(server, check, slow)]);
      if (outcomes.length < wanted.length) return;
      all.push(...outcomes.map(([, outcome]) => outcome));
      report(title, outcomes);
    };
    waiting.push(
      ...wanted.map(
        ([name, check]) =>
          () =>
            run(name, check),
      ),
    );
  }
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return all;
}

function report(title: string, outcomes: [name: string, Outcome][]): void {
  const failed = outcomes.some(([, { kind }]) => kind === 'failed');
  console.log(`${failed ? styleText('red', '✗') : styleText('green', '✓')} ${title} (${outcomes.length})`);
  for (const [name, outcome] of outcomes) {
    if (outcome.kind === 'skipped') console.log(styleText('yellow', `    – ${name}: ${outcome.why}`));
    if (outcome.kind === 'failed') console.log(`${styleText('red', `    ✗ ${name}`)}\n${indented(outcome.error)}`);
  }
}

function indented(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^/gm, '        ');
}

const options = readOptions(process.argv.slice(2));
if (options.display) process.exit(await conformDisplay(options));
const groups = suite({ slow: options.slow, without: options.without ?? NOT_YET });
if (process.env.TICKETRAIL_TEST_DATABASE === 'postgres') await setup();
const { server, close } = await subjectOf(options);
console.log(`Holding ${server.url} against the contract, version 1.`);
const outcomes = await runAll(server, groups, options.only).finally(close).finally(teardown);
const count = (kind: Outcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
process.exitCode = count('failed') > 0 || outcomes.length === 0 ? 1 : 0;
