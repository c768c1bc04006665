import { expect, type Page } from '@playwright/test';
import type { SettingsPatch } from '#contract/settings.ts';
import { callBridge } from './call-bridge.ts';

/** Changes a display's settings without the settings screen: for specs of what a setting does. */
export async function changeSettings(page: Page, patch: SettingsPatch): Promise<void> {
  await expect(page.getByTestId('board')).toBeVisible();
  expect((await callBridge(page, 'changeSettings', patch)).ok).toBe(true);
}
