import type { Page } from 'playwright-core';
import type { SettingsPatch } from '#contract/settings.ts';
import { changeSettings } from '#test/e2e/support/change-settings.ts';
import type { Picture } from './pictures.ts';

/** Sets and opens what the picture shows, waits until nothing moves (toasts, a ticket sliding in), and closes it again. */
export async function takePicture(page: Page, picture: Picture, path: string): Promise<void> {
  await page.setViewportSize(picture.size);
  if (picture.settings) await changeSettings(page, picture.settings);
  await page.waitForFunction(isDrawn, picture.settings ?? {});
  for (const mark of picture.open ?? []) await page.getByTestId(mark).first().click();
  await page.getByTestId('toast').first().waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
  for (const _ of picture.open ?? []) await page.keyboard.press('Escape');
}

/** Runs in the page: waits until the settings have arrived as a push and are drawn. */
function isDrawn({ theme, density, language, layout, screen }: SettingsPatch): boolean {
  const { dataset, lang } = document.documentElement;
  const drawn = document.querySelector<HTMLElement>('[data-testid=board]')?.dataset.layout;
  const named = document.querySelector('[data-testid=screen-name]') !== null;
  // For customers it has numbers only, in any layout, and no name.
  const isPickup = screen === 'pickup';
  return (
    (theme === undefined || dataset.theme === theme) &&
    (density === undefined || dataset.density === density) &&
    (language === undefined || lang === language) &&
    (layout === undefined || drawn === (isPickup ? 'pickup' : layout)) &&
    (screen === undefined || named === (screen !== 'all' && !isPickup))
  );
}
