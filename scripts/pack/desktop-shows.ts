import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import type { Carrier } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const ICONS =
  `call --session --dest ${WATCHER} --object-path /StatusNotifierWatcher --method org.freedesktop.DBus.Properties.Get ` +
  `${WATCHER} RegisteredStatusNotifierItems`;

/**
 * Whether a Linux desktop shows a program's notification and its tray icon: the notification service has accepted one, as the
 * program reports, and the panel lists an icon.
 */
export async function desktopShows(page: Page): Promise<boolean> {
  const answer = await page.evaluate(() =>
    (globalThis as unknown as { bridge: Carrier }).bridge.call('getStatus', null),
  );
  const { tray, notifications } = (answer.ok && (answer.value as DisplayStatus).desktop) || {};
  if (tray !== 'shown' || notifications !== 'shown') return false;
  const { stdout } = await promisify(execFile)('gdbus', ICONS.split(' '));
  return stdout.includes("'");
}
