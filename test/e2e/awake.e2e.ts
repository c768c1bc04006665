import { expect, type Page } from '@playwright/test';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

/** Records the browser's wake lock. */
type Listening = { locks: WakeLockSentinel[] };

test.beforeEach(({ host }) => test.skip(host === 'electron', 'the installed app does it in its main program'));

/** Reloads the page and records from then on. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const listening = Object.assign(window as unknown as Listening, { locks: [] });
    const request = WakeLock.prototype.request;
    WakeLock.prototype.request = async function (type) {
      const lock = await request.call(this, type);
      listening.locks.push(lock);
      return lock;
    };
  });
  await page.reload();
}

/** The number of wake locks granted and not released. */
const held = (page: Page) =>
  page.evaluate(() => (window as unknown as Listening).locks.filter(({ released }) => !released).length);
const set = (page: Page, desktop: Partial<(typeof DEFAULT_SETTINGS)['desktop']>) =>
  changeSettings(page, { desktop: { ...DEFAULT_SETTINGS.desktop, ...desktop } });
/** The hour on the store's clock, this many hours from now. */
const hourIn = (hours: number): string =>
  new Date(Date.now() + hours * 3_600_000).toLocaleTimeString('en-GB', {
    timeZone: 'Asia/Tbilisi',
    hour: '2-digit',
    minute: '2-digit',
  });

test('a tablet stays awake as set, by the hours of the shop, and after the system released the wake lock', async ({
  openDisplay,
}) => {
  const { page } = await openDisplay();
  await listen(page);
  await expect.poll(() => held(page)).toBe(1);
  await set(page, { keepAwake: 'never' });
  await expect.poll(() => held(page)).toBe(0);
  await set(page, { keepAwake: 'hours', keepAwakeHours: { from: hourIn(-1), to: hourIn(1) } });
  await expect.poll(() => held(page)).toBe(1);
  await set(page, { keepAwake: 'hours', keepAwakeHours: { from: hourIn(1), to: hourIn(2) } });
  await expect.poll(() => held(page)).toBe(0);
  await set(page, { keepAwake: 'always' });
  await expect.poll(() => held(page)).toBe(1);
  await page.evaluate(() => Promise.all((window as unknown as Listening).locks.map((lock) => lock.release())));
  await expect.poll(() => held(page)).toBe(1);
});

test('a browser without wake lock says so at the setting, with what to do', async ({ openDisplay }) => {
  const { page, mark } = await openDisplay();
  const row = page.locator('[data-setting=keepAwake]');
  const note = 'set the display to never sleep';
  const look = async (): Promise<void> => {
    await mark('settings').click();
    await page.getByRole('searchbox').fill('screen sleep');
  };
  await look();
  await expect(row.getByRole('radio', { name: 'Always' })).toBeChecked();
  await expect(row).not.toContainText(note);
  await page.addInitScript(() => {
    // As on a page over plain http, where browsers offer no wake lock.
    Reflect.deleteProperty(Navigator.prototype, 'wakeLock');
  });
  await page.reload();
  await look();
  await expect(row).toContainText(note);
  await row.getByRole('radio', { name: 'Never' }).click();
  await expect(row).not.toContainText(note);
});
