import { join } from 'node:path';
import type { MenuItemConstructorOptions, Tray } from 'electron';
import { watchTrayHost } from '#adapters/tray-host.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Commands } from './create-commands.ts';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';
import { type TrayFace, trayFace } from './tray-face.ts';

/**
 * Shows state and menu in the tray. Where the system has no place for an icon, or making it fails, the screen learns so,
 * and the window is never hidden.
 *
 * @param hasTrayHost whether a Linux desktop has a place for the icon
 */
export function setupTray(
  { electron, display, desktop, icons, platform, log }: Shell,
  commands: Commands,
  hasTrayHost: () => Promise<boolean>,
): void {
  const { Menu, nativeImage, Tray } = electron;
  let tray: Tray | null = null;
  let host = platform !== 'linux';
  let status: DisplayStatus | null = null;
  let drawn = '';

  // macOS colours a picture whose name ends in `Template`.
  const picture = ({ summary }: TrayFace) =>
    nativeImage.createFromPath(join(icons, `${summary}${platform === 'darwin' ? 'Template' : ''}.png`));

  const menuOf = ({ lines, labels, ...can }: TrayFace): MenuItemConstructorOptions[] => [
    { label: labels.open, click: () => commands.open() },
    { label: labels.seenAll, enabled: can.canAcknowledge, click: commands.acknowledgeAll },
    { label: labels.mute, click: () => commands.mute(can.muteMinutes) },
    { label: labels.refresh, enabled: can.canRefresh, click: commands.refresh },
    { type: 'separator' },
    ...lines.map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    { label: labels.settings, click: commands.settings },
    { label: labels.quit, enabled: can.canQuit, click: commands.quit },
  ];

  function draw(face: TrayFace): void {
    const now = JSON.stringify(face);
    if (now === drawn) return;
    drawn = now;
    if (tray) tray.setImage(picture(face));
    else {
      tray = new Tray(picture(face));
      tray.on('click', () => commands.open());
    }
    tray.setToolTip(face.tooltip);
    // Replaced as a whole: on Linux an open menu does not show changes.
    tray.setContextMenu(Menu.buildFromTemplate(menuOf(face)));
  }

  /** Waits for a tray host: on Linux an icon that is made without one never appears. */
  function look(): void {
    if (!status || (!host && !tray)) return;
    try {
      draw(trayFace(status));
      desktop.set({ tray: host ? 'shown' : 'missing' });
    } catch (error) {
      stop();
      desktop.set({ tray: 'missing' });
      log.warn('this system takes no tray icon', { error: String(error) });
    }
  }

  const undoStatus = onStatus(display, (now) => {
    status = now;
    look();
  });
  const unwatch =
    platform === 'linux'
      ? watchTrayHost(hasTrayHost, (there) => {
          if (!there) log.warn('this desktop has no place for a tray icon: the window is not hidden');
          host = there;
          look();
        })
      : () => {};
  function stop(): void {
    undoStatus();
    unwatch();
  }
}
