import { expect, type Page } from '@playwright/test';
import type { SettingsPatch } from '#contract/settings.ts';
import { expectNoViolations } from './support/accessibility.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';
import type { Shop } from './support/shop.ts';

const SECTIONS = ['look', 'work', 'stations', 'till', 'times', 'sounds', 'keys', 'connection', 'access', 'diagnosis'];
/** Each theme in one direction of writing, the default theme in both. */
const LOOKS: readonly [string, SettingsPatch][] = [
  ['dark, left to right', { theme: 'dark', language: 'en' }],
  ['high contrast, right to left', { theme: 'contrast', language: 'ar' }],
  ['light, right to left', { theme: 'light', language: 'ar' }],
];
const DIALOG = 'dialog[open]';
async function serve(shop: Shop): Promise<void> {
  const old = new Date(Date.now() - 20 * 60_000).toISOString();
  await shop.order({ items: [{ name: 'Pad Thai', quantity: 2, allergens: ['peanut'], note: 'mild' }], note: 'hurry' });
  await shop.order({ fulfilment: 'delivery', status: 'preparing', payment: { status: 'paid' }, placedAt: old });
  await shop.order({ fulfilment: 'booking', status: 'ready', dueAt: new Date(Date.now() + 3_600_000).toISOString() });
}

async function look(page: Page, patch: SettingsPatch): Promise<void> {
  await changeSettings(page, patch);
  if (patch.language) await expect(page.locator('html')).toHaveAttribute('lang', patch.language);
  if (patch.theme) await expect(page.locator('html')).toHaveAttribute('data-theme', patch.theme);
}

for (const [name, patch] of LOOKS) {
  test(`axe finds nothing on the board, in any panel and in any part of the settings: ${name}`, async ({
    shop,
    openDisplay,
  }) => {
    test.slow();
    const { page } = await openDisplay();
    await serve(shop);
    await look(page, patch);
    await expect(page.getByTestId('ticket')).toHaveCount(3);
    await expectNoViolations(page);
    for (const panel of ['open-search', 'open-recall', 'open-figures', 'open-availability', 'open-all-day']) {
      await page.getByTestId(panel).first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolations(page, DIALOG);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(page.getByTestId(panel).first(), 'the focus goes back to where it was').toBeFocused();
    }
    for (const [opener, panel] of [
      ['open-history', 'history-panel'],
      ['diagnosis-waiting', 'waiting-panel'],
    ] as const) {
      await page.getByTestId('settings').click();
      await page.locator('[data-section=diagnosis]').click();
      await page.getByTestId(opener).click();
      await expectNoViolations(page, `[data-testid=${panel}]`);
      await page.keyboard.press('Escape');
    }
    await changeSettings(page, {
      ...{ endOfDay: '04:00', quietHours: { from: '23:00', to: '07:00' } },
      stations: [{ id: 'grill', name: 'Grill', stations: ['grill'], names: [] }],
    });
    await page.getByTestId('settings').click();
    for (const section of SECTIONS) {
      await page.locator(`[data-section=${section}]`).click();
      await expectNoViolations(page, DIALOG);
    }
    await page.getByRole('searchbox').fill('zzz');
    await expectNoViolations(page, DIALOG);
  });
}

test('axe finds nothing in the PIN dialog, at a station and at the expo', async ({ shop, openDisplay }) => {
  const { page } = await openDisplay();
  await serve(shop);
  const stations = [{ id: 'wok', name: 'Wok', stations: [], names: ['pad'] }];
  await changeSettings(page, { screen: 'station', stations });
  await expect(page.getByTestId('ticket')).toHaveCount(1);
  await expectNoViolations(page);
  await changeSettings(page, { screen: 'expo', expoHold: true });
  await expect(page.getByTestId('ticket')).toHaveCount(3);
  await expectNoViolations(page);
  await page.getByTestId('settings').click();
  await page.locator('[data-section=access]').click();
  await page.getByLabel('PIN', { exact: true }).fill('2468');
  await page.keyboard.press('Enter');
  await page.getByTestId('lock').click();
  for (const section of ['access', 'stations', 'connection']) {
    await page.locator(`[data-section=${section}]`).click();
    await expectNoViolations(page, DIALOG);
  }
});

test('at 200 % everything can be reached: no sideways scrolling, and the next step visible', async ({
  shop,
  openDisplay,
}) => {
  // 200 % on 1280×800 leaves half the width and height.
  const screen = await openDisplay({ page: { viewport: { width: 640, height: 400 } } });
  const { page } = screen;
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
  await screen.bump(order);
  await screen.expectStatus(order, 'ready');
  await page.getByTestId('settings').click();
  for (const section of ['look', 'sounds', 'keys']) {
    await page.locator(`[data-section=${section}]`).click();
    const dialog = page.getByTestId('settings-dialog');
    expect(await dialog.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  }
});

test('live regions announce once: a burst of orders is one sentence, and ages are not announced', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { page } = screen;
  await screen.expectLink('live');
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    for (const region of document.querySelectorAll('[role=alert], [role=status], [aria-live]'))
      new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
  });
  const orders = await Promise.all([1, 2, 3, 4].map(() => shop.order()));
  for (const order of orders) await screen.expectStatus(order, 'pending');
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  await expect.poll(said).toContainEqual('4 orders that nobody has seen');
  await page.waitForTimeout(4_000);
  const announced = (await said()).filter((sentence) => /orders? that nobody has seen/.test(sentence));
  expect(announced.length).toBeLessThanOrEqual(2);
  expect((await said()).filter((sentence) => /\d:\d\d/.test(sentence))).toEqual([]);
});
