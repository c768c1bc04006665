import { join } from 'node:path';
import type { MenuItemConstructorOptions, Tray } from 'electron';
import { watchTrayHost } from '#adapters/tray-host.ts';
import type { Undo } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Log } from '#core/ports.ts';
import type { Commands } from './create-commands.ts';
import type { DesktopState } from './create-desktop-state.ts';
import type { ElectronApi } from './electron-api.ts';
import { onStatus } from './on-status.ts';
import { type TrayFace, trayFace } from './tray-face.ts';

export interface TrayOptions {
  electron: Pick<ElectronApi, 'Menu' | 'nativeImage' | 'Tray'>;
  display: Parameters<typeof onStatus>[0];
  desktop: DesktopState;
  commands: Commands;
  /** The folder of the pictures. */
  icons: string;
  platform: NodeJS.Platform;
  /** Whether a Linux desktop has a place for the icon. */
  hasTrayHost(): Promise<boolean>;
  log: Log;
}

/**
 * State and menu where the system has a place for them. It is a convenience: where there is no place, or making the icon
 * fails, the screen is told, and the window is never hidden.
 */
export function setupTray({
  electron,
  display,
  desktop,
  commands,
  icons,
  platform,
  hasTrayHost,
  log,
}: TrayOptions): Undo {
  const { Menu, nativeImage, Tray } = electron;
  let tray: Tray | null = null;
  let host = platform !== 'linux';
  let status: DisplayStatus | null = null;
  let drawn = '';

  // macOS colours a template itself; it knows one by its name. The picture for sharp screens lies beside it.
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
    // Replaced, not changed in place: on Linux a menu that is out does not see a change.
    tray.setContextMenu(Menu.buildFromTemplate(menuOf(face)));
  }

  /** Not before there is a place: on Linux an icon that was made without one never moves into it. */
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
  return () => {
    stop();
    tray?.destroy();
    tray = null;
  };
}
