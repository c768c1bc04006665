import { styleText } from 'node:util';
import { chromium } from 'playwright-core';
import { runDisplayCheck } from '../test/conformance/display/check.ts';
import { DOWN } from '../test/conformance/display/checks-down.ts';
import { LINK } from '../test/conformance/display/checks-link.ts';
import { UP } from '../test/conformance/display/checks-up.ts';
import type { Options } from '../test/conformance/options.ts';
import { findChromium } from './chromium.ts';

const OURS = [process.execPath, 'scripts/display-web.ts'];
const AT_ONCE = 3;

/** Checks a display against the contract, by its command line and its marks. @returns the exit code */
export async function conformDisplay({ start, only }: Pick<Options, 'start' | 'only'>): Promise<number> {
  const command = start ?? OURS;
  const waiting = Object.entries({ ...DOWN, ...UP, ...LINK }).filter(([name]) => name.includes(only));
  console.log(`Holding the display \`${command.join(' ')}\` against the contract, version 1.`);
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: await findChromium(), args });
  let [passed, failed] = [0, 0];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, check] = next;
      try {
        await runDisplayCheck(command, browser, check);
        passed++;
        console.log(`${styleText('green', '✓')} ${name}`);
      } catch (error) {
        failed++;
        const words = error instanceof Error ? error.message : String(error);
        console.log(`${styleText('red', '✗')} ${name}\n${words.replace(/^/gm, '    ')}`);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work)).finally(() => browser.close());
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}
