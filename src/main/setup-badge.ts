import { join } from 'node:path';
import { onStatus } from './on-status.ts';
import { attentionRequest } from './policy/attention-request.ts';
import type { Shell } from './shell.ts';
import { WORDS } from './words.ts';

/** Counts the unseen orders on the icon in dock or task bar, and flashes a window without focus when a new one comes. */
export function setupBadge({ electron, display, icons, platform }: Shell): void {
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

  function requestAttention(on: boolean): void {
    if (platform === 'darwin') {
      if (on) bounce = app.dock?.bounce('critical') ?? -1;
      else if (bounce >= 0) app.dock?.cancelBounce(bounce);
      return;
    }
    for (const window of Window.getAllWindows()) if (!on || !window.isFocused()) window.flashFrame(on);
  }

  onStatus(display, ({ alarm, settings }) => {
    const request = attentionRequest(ringing, alarm.orderIds);
    ringing = alarm.orderIds;
    if (request) requestAttention(request === 'start');
    // A new window has no badge yet, so the number of windows is part of the key.
    const now = [ringing.length, settings.language, Window.getAllWindows().length].join();
    if (now !== shown) count(ringing.length, WORDS[settings.language].alert.new.more(ringing.length));
    shown = now;
  });
}
