import type { Page } from '@playwright/test';

/** Chooses one value in the settings, as a person would, and closes them again. */
export async function choose(page: Page, value: string): Promise<void> {
  await page.getByTestId('settings').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(value, { exact: true }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}
