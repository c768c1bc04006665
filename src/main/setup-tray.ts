import { join } from 'node:path';
import type { MenuItemConstructorOptions, Tray } from 'electron';
import { watchTrayHost } from '#adapters/tray-host.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Commands } from './create-commands.ts';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';
import { type TrayView, trayView } from './tray-view.ts';

/**
 * Shows state and menu in the tray. If the system shows no tray icons, or making one fails, the screen says so, and the
 * window is never hidden.
 *
 * @param hasTrayHost whether a Linux desktop shows tray icons
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

  // macOS colours an image whose name ends in `Template`.
  const icon = ({ summary }: TrayView) =>
    nativeImage.createFromPath(join(icons, `${summary}${platform === 'darwin' ? 'Template' : ''}.png`));

  const menuOf = ({ lines, labels, ...can }: TrayView): MenuItemConstructorOptions[] => [
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

  function draw(view: TrayView): void {
    const now = JSON.stringify(view);
    if (now === drawn) return;
    drawn = now;
    if (tray) tray.setImage(icon(view));
    else {
      tray = new Tray(icon(view));
      // On macOS a click opens the menu, and also emits this.
      if (platform !== 'darwin') tray.on('click', () => commands.open());
    }
    tray.setToolTip(view.tooltip);
    // Replaced as a whole: Linux does not show changes of an existing menu.
    tray.setContextMenu(Menu.buildFromTemplate(menuOf(view)));
  }

  /** Does nothing until there is a tray host: on Linux an icon made without one never appears. */
  function update(): void {
    if (!status || (!host && !tray)) return;
    try {
      draw(trayView(status));
      desktop.set({ tray: host ? 'shown' : 'missing' });
    } catch (error) {
      stop();
      desktop.set({ tray: 'missing' });
      log.warn('this system takes no tray icon', { error: String(error) });
    }
  }

  const undoStatus = onStatus(display, (now) => {
    status = now;
    update();
  });
  const unwatch =
    platform === 'linux'
      ? watchTrayHost(hasTrayHost, (there) => {
          if (!there) log.warn('this desktop has no place for a tray icon: the window is not hidden');
          host = there;
          update();
        })
      : () => {};
  function stop(): void {
    undoStatus();
    unwatch();
  }
}
