import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createServer } from '#test/e2e/support/server.ts';
import { createShop } from '#test/e2e/support/shop.ts';
import { findChromium } from './chromium.ts';
import { PAGES } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run lighthouse`: measures the pages of customers with Lighthouse on its phone, a slow 4G network and a processor four times
 * slower than this one. Exits with 1 if a score is below {@link LEAST}, or the first view comes later than {@link FIRST_VIEW_MS}.
 */
const LEAST = 95;
const FIRST_VIEW_MS = 1_000;

interface Report {
  categories: Record<string, { title: string; score: number | null }>;
  audits: Record<string, { title: string; score: number | null; numericValue?: number; displayValue?: string }>;
}

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'ticketrail-lighthouse-'));
try {
  const chromium = await findChromium(console.log);
  await ensureBuilt(root, PAGES, console.log);
  const server = await createServer(dir);
  try {
    const shop = await createShop(server.url);
    const order = await shop.order({ customer: { ref: 'u-17' } });
    const pages = { track: order.tracking.url, my: await shop.customerLink('u-17') };
    for (const [name, url] of Object.entries(pages)) judge(name, await measure(url, chromium));
  } finally {
    await server.stop();
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function measure(url: string, chromium: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      fileURLToPath(import.meta.resolve('lighthouse/cli/index.js')),
      url,
      '--output=json',
      '--quiet',
      '--chrome-flags=--headless=new --no-sandbox',
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as Report;
}

function judge(page: string, { categories, audits }: Report): void {
  const firstView = audits['first-contentful-paint']?.numericValue ?? Number.POSITIVE_INFINITY;
  console.log(`\n${page}: first view after ${Math.round(firstView)} ms`);
  for (const { title, score } of Object.values(categories)) {
    const points = Math.round((score ?? 0) * 100);
    console.log(`${String(points).padStart(5)}  ${title}`);
    if (points < LEAST) process.exitCode = 1;
  }
  if (firstView > FIRST_VIEW_MS) process.exitCode = 1;
  const weak = Object.values(audits).filter(({ score }) => score !== null && score < 0.9);
  for (const { title, displayValue = '' } of weak) console.log(`       to mend: ${title} ${displayValue}`);
}
