import { join } from 'node:path';
import type { Undo } from '#contract/bridge.ts';
import type { Display } from '#core/display.ts';
import type { ElectronApi } from './electron-api.ts';
import { onStatus } from './on-status.ts';
import { attentionRequest } from './policy/attention-request.ts';
import { WORDS } from './words.ts';

export interface BadgeOptions {
  electron: Pick<ElectronApi, 'app' | 'BrowserWindow' | 'nativeImage'>;
  display: Pick<Display, 'onPush'>;
  /** The folder of the pictures. */
  icons: string;
  platform: NodeJS.Platform;
}

/**
 * How many orders nobody has seen, on the icon in dock or task bar; a window that nobody looks at draws eyes when one
 * comes. Whatever a desktop makes of it, the alarm on the screen needs none of it.
 */
export function setupBadge({ electron, display, icons, platform }: BadgeOptions): Undo {
  const { app, BrowserWindow: Window, nativeImage } = electron;
  let ringing: readonly string[] = [];
  let shown = '';
  let bounce = -1;

  function count(unseen: number, words: string): void {
    if (platform !== 'win32') app.setBadgeCount(unseen);
    const name = unseen > 9 ? '9-and-more' : String(unseen);
    const picture = unseen > 0 ? nativeImage.createFromPath(join(icons, `badge-${name}.png`)) : null;
    if (platform === 'win32') for (const window of Window.getAllWindows()) window.setOverlayIcon(picture, words);
  }

  function drawEyes(on: boolean): void {
    if (platform === 'darwin') {
      if (on) bounce = app.dock?.bounce('critical') ?? -1;
      else if (bounce >= 0) app.dock?.cancelBounce(bounce);
      return;
    }
    for (const window of Window.getAllWindows()) if (!on || !window.isFocused()) window.flashFrame(on);
  }

  return onStatus(display, ({ alarm, settings }) => {
    const means = attentionRequest(ringing, alarm.orderIds);
    ringing = alarm.orderIds;
    if (means) drawEyes(means === 'start');
    // A window that was made meanwhile has none yet: it is a part of what is shown.
    const now = [ringing.length, settings.language, Window.getAllWindows().length].join();
    if (now !== shown) count(ringing.length, WORDS[settings.language].newOrders(ringing.length));
    shown = now;
  });
}
