import { styleText } from 'node:util';
import { runDisplayCheck } from '../test/conformance/display/check.ts';
import { createBench } from '../test/conformance/display/host.ts';
import { DISPLAY_SUITE } from '../test/conformance/display/suite.ts';
import type { Options } from '../test/conformance/options.ts';
import { findChromium } from './chromium.ts';

const OURS = [process.execPath, 'scripts/display-web.ts'];
const AT_ONCE = 3;

/** Holds a display, by its command line and its marks, against the contract. @returns the exit code */
export async function conformDisplay({ start, only }: Pick<Options, 'start' | 'only'>): Promise<number> {
  const command = start ?? OURS;
  const waiting = Object.entries(DISPLAY_SUITE).flatMap(([title, checks]) =>
    Object.entries(checks).flatMap(([name, check]) => (`${title} ${name}`.includes(only) ? [{ name, check }] : [])),
  );
  console.log(`Holding the display \`${command.join(' ')}\` against the contract, version 1.`);
  const bench = await createBench(command, await findChromium());
  const failed: string[] = [];
  let passed = 0;
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, check } = next;
      try {
        await runDisplayCheck(bench, check);
        passed++;
        console.log(`${styleText('green', '✓')} ${name}`);
      } catch (error) {
        failed.push(name);
        const words = error instanceof Error ? error.message : String(error);
        console.log(`${styleText('red', '✗')} ${name}\n${words.replace(/^/gm, '    ')}`);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work)).finally(bench.close);
  console.log(`${passed} passed, ${failed.length} failed`);
  return failed.length > 0 || passed === 0 ? 1 : 0;
}
