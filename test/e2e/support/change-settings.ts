import { expect, type Page } from '@playwright/test';
import { io } from 'socket.io-client';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import type { SettingsPatch } from '#contract/settings.ts';

type Bridged = { bridge?: { call(name: string, input: unknown): Promise<{ ok: boolean }> } };

/** Changes what is set on the display of a page, past the settings screen: for specs of what a setting does. */
export async function changeSettings(page: Page, patch: SettingsPatch): Promise<void> {
  await expect(page.getByTestId('board')).toBeVisible();
  const inApp = await page.evaluate(
    (given) => (window as unknown as Bridged).bridge?.call('changeSettings', given) ?? null,
    patch,
  );
  expect((inApp ?? (await overSocket(page, patch))).ok).toBe(true);
}

/** As one more page of the browser host would, with this page's cookie. */
async function overSocket(page: Page, patch: SettingsPatch): Promise<{ ok: boolean }> {
  const { origin } = new URL(page.url());
  const cookies = await page.context().cookies(origin);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = io(origin, {
    path: BRIDGE_PATH,
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie, origin },
  });
  try {
    return await socket.timeout(10_000).emitWithAck('call', 'changeSettings', patch);
  } finally {
    socket.disconnect();
  }
}
