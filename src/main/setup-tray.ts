import { join } from 'node:path';
import type { MenuItemConstructorOptions, Tray } from 'electron';
import type { DisplayStatus, Undo } from '#contract/bridge.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import type { ElectronApi } from './electron-api.ts';
import { type TrayFace, trayFace } from './tray-face.ts';

export interface TrayOptions {
  electron: Pick<ElectronApi, 'app' | 'Menu' | 'nativeImage' | 'Tray'>;
  display: Pick<Display, 'call' | 'onPush'>;
  /** The folder of the pictures. */
  icons: string;
  platform: NodeJS.Platform;
  open(): void;
  log: Log;
}

/**
 * State and menu where the system has a place for them. It is a convenience: a desktop without one shows nothing, one
 * that refuses is logged, and the window is there either way.
 */
export function setupTray({ electron, display, icons, platform, open, log }: TrayOptions): Undo {
  const { app, Menu, nativeImage, Tray } = electron;
  let tray: Tray | null = null;
  let drawn = '';

  // macOS colours a template itself; it knows one by its name. The picture for sharp screens lies beside it.
  const picture = ({ glance }: TrayFace) =>
    nativeImage.createFromPath(join(icons, `${glance}${platform === 'darwin' ? 'Template' : ''}.png`));

  const ask = (name: 'acknowledgeAll' | 'refresh') => () =>
    void display.call(name, null).then((answer) => {
      if (!answer.ok) log.warn('the tray asked in vain', { call: name, error: answer.error.message });
    });

  const menuOf = ({ lines, labels, canAcknowledge, canRefresh }: TrayFace): MenuItemConstructorOptions[] => [
    { label: labels.open, click: open },
    { label: labels.seenAll, enabled: canAcknowledge, click: ask('acknowledgeAll') },
    { label: labels.refresh, enabled: canRefresh, click: ask('refresh') },
    { type: 'separator' },
    ...lines.map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    { label: labels.quit, click: () => app.quit() },
  ];

  function show(face: TrayFace): void {
    const now = JSON.stringify(face);
    if (now === drawn) return;
    drawn = now;
    if (tray) tray.setImage(picture(face));
    else {
      tray = new Tray(picture(face));
      tray.on('click', open);
    }
    tray.setToolTip(face.tooltip);
    // Set anew, not changed in place: on Linux a menu that is out does not see a change.
    tray.setContextMenu(Menu.buildFromTemplate(menuOf(face)));
  }

  const undo = display.onPush((name, payload) => {
    if (name !== 'status') return;
    try {
      show(trayFace(payload as DisplayStatus));
    } catch (error) {
      undo();
      log.warn('this system takes no tray icon', { error: String(error) });
    }
  });
  return () => {
    undo();
    tray?.destroy();
    tray = null;
  };
}
