import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../scripts/chromium.ts';
import { onCleanUp } from './support.ts';

/** A Chromium that ends with the benchmark. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  onCleanUp(() => browser.close());
  return browser;
}
