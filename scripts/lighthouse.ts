import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { createServer } from '#test/e2e/support/server.ts';
import { createShop } from '#test/e2e/support/shop.ts';
import { findChromium } from './chromium.ts';
import { PAGES } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run lighthouse`: measures the pages of customers, and the sign-in of `/admin`, with Lighthouse on its phone; of the
 * customers' also the median time to the first view in
 * Chromium slowed down as by its developer tools: "Slow 4G", a processor four times slower than this one. Exits with 1 if a score
 * is below {@link LEAST}, or the first view comes later than {@link FIRST_VIEW_MS}.
 */
const LEAST = 95;
const FIRST_VIEW_MS = 1_000;
/** The preset "Slow 4G" of Chromium's developer tools: ms, bytes a second. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };
const SLOWER = 4;
const VIEWS = 5;

interface Report {
  categories: Record<string, { title: string; score: number | null }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'ticketrail-lighthouse-'));
try {
  const executablePath = await findChromium(console.log);
  await ensureBuilt(root, PAGES, console.log);
  const server = await createServer(dir);
  try {
    const shop = await createShop(server.url);
    const order = await shop.order({ customer: { ref: 'u-17' } });
    const pages = { track: order.tracking.url, my: await shop.customerLink('u-17') };
    judge('sign-in', await measure(`${server.url}/admin`, executablePath));
    for (const [name, url] of Object.entries(pages))
      judge(name, await measure(url, executablePath), await firstViewOf(url, executablePath));
  } finally {
    await server.stop();
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** Each time in a new profile, as somebody who follows the link. ms */
async function firstViewOf(url: string, executablePath: string): Promise<number> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const views: number[] = [];
  while (views.length < VIEWS) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.emulateNetworkConditions', SLOW_4G);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(url);
    const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    await page.waitForFunction(paint);
    views.push((await page.evaluate(paint)) ?? Number.POSITIVE_INFINITY);
    await context.close();
  }
  await browser.close();
  return views.sort((a, b) => a - b)[Math.floor(VIEWS / 2)] ?? Number.POSITIVE_INFINITY;
}

async function measure(url: string, chromePath: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      fileURLToPath(import.meta.resolve('lighthouse/cli/index.js')),
      url,
      '--output=json',
      '--quiet',
      '--chrome-flags=--headless=new --no-sandbox',
    ],
    { env: { ...process.env, CHROME_PATH: chromePath }, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as Report;
}

function judge(page: string, { categories, audits }: Report, firstView: number | null = null): void {
  console.log(`\n${page}${firstView === null ? '' : `: first view after ${Math.round(firstView)} ms`}`);
  for (const { title, score } of Object.values(categories)) {
    const points = Math.round((score ?? 0) * 100);
    console.log(`${String(points).padStart(5)}  ${title}`);
    if (points < LEAST) process.exitCode = 1;
  }
  if (firstView !== null && firstView > FIRST_VIEW_MS) process.exitCode = 1;
  const weak = Object.values(audits).filter(({ score }) => score !== null && score < 0.9);
  for (const { title, displayValue = '' } of weak) console.log(`       to mend: ${title} ${displayValue}`);
}
