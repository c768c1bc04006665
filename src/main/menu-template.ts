import type { MenuItemConstructorOptions } from 'electron';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Commands } from './create-commands.ts';
import { isHeld } from './policy/is-held.ts';
import { trayFace } from './tray-face.ts';
import { WORDS } from './words.ts';

export interface MenuDoes extends Commands {
  zoom(step: 'in' | 'out' | 'reset'): void;
  /** Of the window that has the focus. */
  fullScreen(): void;
  about(): void;
}

type Entry = MenuItemConstructorOptions;
const LINE: Entry = { type: 'separator' };

/**
 * The application's menu. Its keys are with Ctrl or Command, since the bare ones work the rail. In a held kiosk nothing in
 * it closes, leaves or opens a window.
 */
export function menuTemplate(status: DisplayStatus, does: MenuDoes, platform: NodeJS.Platform): Entry[] {
  const { menu: words } = WORDS[status.settings.language];
  const { labels, ...can } = trayFace(status);
  const mac = platform === 'darwin';
  const free = !isHeld(status);

  const settings: Entry = { label: labels.settings, accelerator: 'CmdOrCtrl+,', click: does.settings };
  const quit: Entry = { label: labels.quit, accelerator: 'CmdOrCtrl+Q', enabled: free, click: does.quit };
  const about: Entry = { label: words.about, click: does.about };
  const app: Entry = {
    label: 'Ticketrail',
    submenu: mac
      ? [
          about,
          LINE,
          settings,
          LINE,
          { label: words.hide, role: 'hide', enabled: free },
          { label: words.hideOthers, role: 'hideOthers', enabled: free },
          { label: words.showAll, role: 'unhide' },
          LINE,
          quit,
        ]
      : [settings, about, LINE, quit],
  };
  const orders: Entry = {
    label: words.orders,
    submenu: [
      {
        label: labels.seenAll,
        accelerator: 'CmdOrCtrl+Shift+A',
        enabled: can.canAcknowledge,
        click: does.acknowledgeAll,
      },
      { label: labels.mute, accelerator: 'CmdOrCtrl+Shift+M', click: () => does.mute(can.muteMinutes) },
      { label: labels.refresh, accelerator: 'CmdOrCtrl+R', enabled: can.canRefresh, click: does.refresh },
    ],
  };
  // Fields need it on macOS, where these keys are the menu's.
  const edit: Entry = {
    label: words.edit,
    submenu: [
      { label: words.undo, role: 'undo' },
      { label: words.redo, role: 'redo' },
      LINE,
      { label: words.cut, role: 'cut' },
      { label: words.copy, role: 'copy' },
      { label: words.paste, role: 'paste' },
      { label: words.selectAll, role: 'selectAll' },
    ],
  };
  const view: Entry = {
    label: words.view,
    submenu: [
      { label: words.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => does.zoom('in') },
      { label: words.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => does.zoom('out') },
      { label: words.zoomReset, accelerator: 'CmdOrCtrl+0', click: () => does.zoom('reset') },
      LINE,
      {
        label: words.fullScreen,
        accelerator: mac ? 'Ctrl+Command+F' : 'F11',
        enabled: !status.settings.desktop.kiosk,
        click: does.fullScreen,
      },
    ],
  };
  const window: Entry = {
    label: words.window,
    submenu: [
      { label: words.minimize, accelerator: 'CmdOrCtrl+M', role: 'minimize', enabled: free },
      { label: words.close, accelerator: 'CmdOrCtrl+W', role: 'close', enabled: free },
      LINE,
      { label: words.newWindow, enabled: free, submenu: stations(status, does) },
    ],
  };
  return [app, orders, ...(mac ? [edit] : []), view, window];
}

/** A window for each station: the same orders, with that station's work. */
function stations({ settings }: DisplayStatus, does: MenuDoes): Entry[] {
  const { allStations } = WORDS[settings.language].menu;
  return [
    { label: allStations, accelerator: 'CmdOrCtrl+N', click: () => does.open() },
    ...settings.stations.map(({ id, name }): Entry => ({ label: name, click: () => does.open(id) })),
  ];
}
