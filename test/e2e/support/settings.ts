import { expect, type Page } from '@playwright/test';

/** Chooses one value in the settings, as a person would, and closes them again. */
export async function choose(page: Page, value: string): Promise<void> {
  await page.getByTestId('settings').click();
  const dialog = page.getByRole('dialog');
  const choice = dialog.getByRole('radio', { name: value, exact: true });
  // Not check(): the choice is checked once the core has stored it.
  await choice.click();
  await expect(choice).toBeChecked();
  // Click beside the dialog, which works in any language.
  await page.mouse.click(2, 2);
  await dialog.waitFor({ state: 'hidden' });
}
