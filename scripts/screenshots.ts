import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { runInBrowser } from '#test/e2e/support/display.ts';
import { createServer } from '#test/e2e/support/server.ts';
import { choose } from '#test/e2e/support/settings.ts';
import { createShop } from '#test/e2e/support/shop.ts';
import { findChromium } from './chromium.ts';
import { playScene } from './screenshots/play-scene.ts';

/** `npm run screenshots`: the pictures of docs/screenshots, of the real board fed by the real server. */
const SIZES = [
  { width: 800, height: 480 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const folder = join(import.meta.dirname, '../docs/screenshots');
mkdirSync(folder, { recursive: true });

const dir = mkdtempSync(join(tmpdir(), 'ticketrail-screenshots-'));
const browser = await chromium.launch({ executablePath: await findChromium() });
const server = await createServer(dir);
try {
  const shop = await createShop(server.url);
  const token = await shop.displayToken('Pass');
  const display = await runInBrowser(browser, { serverUrl: server.url, token, dir: join(dir, 'display') });
  const { page } = display;
  await page.locator('[data-testid=link][data-state=live]').waitFor();
  // Before its eyes: an order that was cancelled then keeps its place, struck through.
  await playScene(server.url, shop.token, (orderId, status) =>
    page.locator(`[data-testid=ticket][data-order-id="${orderId}"][data-status=${status}]`).waitFor(),
  );
  for (const theme of ['dark', 'light'] as const) {
    await choose(page, theme === 'dark' ? 'Dark' : 'Light');
    for (const size of SIZES) await take(page, `board-${size.width}x${size.height}-${theme}`, size);
  }
  await choose(page, 'Dark');
  await server.stop('SIGKILL');
  await page.locator('[data-testid=link][data-state=offline]').waitFor({ timeout: 60_000 });
  await page.getByTestId('ticket-action').first().click();
  await take(page, 'offline', { width: 1280, height: 800 });
  await display.close();

  const fresh = await runInBrowser(browser, { serverUrl: null, token: null, dir: join(dir, 'fresh') });
  await fresh.page.getByRole('button', { name: 'Connect' }).waitFor();
  await take(fresh.page, 'first-run', { width: 1280, height: 800 });
  await fresh.close();
} finally {
  await server.stop();
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}

/** Waits out what moves (toasts, a ticket sliding in), so that two runs give like pictures. */
async function take(page: Page, name: string, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.getByTestId('toast').first().waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(`docs/screenshots/${name}.png`);
}
