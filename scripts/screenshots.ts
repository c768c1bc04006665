import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startFakeBotApi } from '#server/testing/fake-bot-api.ts';
import { runInBrowser } from '#test/e2e/support/display.ts';
import { createServer } from '#test/e2e/support/server.ts';
import { createShop } from '#test/e2e/support/shop.ts';
import { findChromium } from './chromium.ts';
import { connectShop } from './screenshots/connect-shop.ts';
import { PAGE_PICTURES, showsConnections, takePagePicture } from './screenshots/page-pictures.ts';
import { PICTURES, type Picture } from './screenshots/pictures.ts';
import { playDinner } from './screenshots/play-dinner.ts';
import { takePicture } from './screenshots/take-picture.ts';
import { PAGES } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run screenshots [-- --only part-of-a-name]`: takes pictures of every screen of the real board and of the server's
 * pages, with the feed's dinner service on the real server. Pictures for the documentation go to docs/screenshots, the others to a temporary folder.
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const wanted = PICTURES.filter(({ name }) => name.includes(values.only));
const pages = PAGE_PICTURES.filter(({ name }) => name.includes(values.only));
if (wanted.length + pages.length === 0) {
  const names = [...PICTURES, ...PAGE_PICTURES].map(({ name }) => name);
  console.error(`There is no picture ${values.only}. There are: ${names.join(', ')}.`);
  process.exit(1);
}

const shown = join(import.meta.dirname, '../docs/screenshots');
const others = mkdtempSync(join(tmpdir(), 'ticketrail-pictures-'));
mkdirSync(shown, { recursive: true });
const pathOf = ({ name, shown: inDocs }: Pick<Picture, 'name' | 'shown'>) =>
  join(inDocs ? shown : others, `${name}.png`);
const when = (stage: Picture['stage']) => wanted.filter((picture) => picture.stage === stage);

const dir = mkdtempSync(join(tmpdir(), 'ticketrail-screenshots-'));
const browser = await chromium.launch({ executablePath: await findChromium() });
if (pages.length > 0) await ensureBuilt(join(import.meta.dirname, '..'), PAGES, console.log);
const bot = await startFakeBotApi();
const server = await createServer(dir, {
  ...{ CONSOLE: '1', PRIVATE_TARGETS: '1' },
  ...{ TELEGRAM_BOT_TOKEN: '42:of-the-bot', TELEGRAM_API_ROOT: bot.root },
});
try {
  if (when('live').length + when('offline').length + pages.length > 0) {
    const shop = await createShop(server.url);
    const token = await shop.displayToken('Pass');
    const display = await runInBrowser(browser, { serverUrl: server.url, token, dir: join(dir, 'display') });
    const { page } = display;
    await page.locator('[data-testid=link][data-state=live]').waitFor({ timeout: 60_000 });
    // The display must see an order before it is cancelled; only then does it stay on the board, struck through.
    await playDinner(server.url, shop.token, (orderId, status) =>
      page.locator(`[data-testid=ticket][data-order-id="${orderId}"][data-status=${status}]`).waitFor(),
    );
    for (const picture of when('live')) await takePicture(page, picture, pathOf(picture));
    if (pages.length > 0) {
      const customer = { ref: 'u-17', name: 'Nino' };
      const tracked = await shop.order({ customer, dueAt: new Date(Date.now() + 25 * 60_000).toISOString() });
      await shop.setStatus(tracked, 'preparing');
      await shop.setStatus(await shop.order({ customer }), 'preparing');
      const take = async (pictures: typeof pages) => {
        for (const picture of pictures)
          await takePagePicture(browser, picture, { serverUrl: server.url, shop, tracked, path: pathOf(picture) });
      };
      // What a shop is connected to brings orders and trouble.
      await take(pages.filter((picture) => !showsConnections(picture)));
      const disconnect = await connectShop(server.url, shop.storeId, bot);
      await take(pages.filter(showsConnections));
      await disconnect();
    }
    if (when('offline').length > 0) {
      await server.stop('SIGKILL');
      await page.locator('[data-testid=link][data-state=offline]').waitFor({ timeout: 90_000 });
      await page.getByTestId('ticket-action').first().click();
      for (const picture of when('offline')) await takePicture(page, picture, pathOf(picture));
    }
    await display.close();
  }
  if (when('first').length > 0) {
    const fresh = await runInBrowser(browser, { serverUrl: null, token: null, dir: join(dir, 'fresh') });
    await fresh.page.getByRole('button', { name: 'Connect' }).waitFor();
    for (const picture of when('first')) await takePicture(fresh.page, picture, pathOf(picture));
    await fresh.close();
  }
  console.log(`Pictures that the documentation does not show: ${others}`);
} finally {
  await server.stop();
  await bot.close();
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
