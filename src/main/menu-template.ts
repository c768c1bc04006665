import type { MenuItemConstructorOptions } from 'electron';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Commands } from './create-commands.ts';
import { isKioskLocked } from './policy/is-kiosk-locked.ts';
import { trayView } from './tray-view.ts';
import { WORDS } from './words.ts';

export interface MenuActions extends Commands {
  zoom(step: 'in' | 'out' | 'reset'): void;
  /** Toggles full screen of the focused window. */
  fullScreen(): void;
  about(): void;
}

type Entry = MenuItemConstructorOptions;
const LINE: Entry = { type: 'separator' };

/**
 * The application's menu. Its keys use Ctrl or Command, since bare keys work the rail. In a locked kiosk no entry closes,
 * leaves or opens a window.
 */
export function menuTemplate(status: DisplayStatus, actions: MenuActions, platform: NodeJS.Platform): Entry[] {
  const { menu: words } = WORDS[status.settings.language];
  const { labels, ...can } = trayView(status);
  const mac = platform === 'darwin';
  const free = !isKioskLocked(status);

  const settings: Entry = { label: labels.settings, accelerator: 'CmdOrCtrl+,', click: actions.settings };
  const quit: Entry = { label: labels.quit, accelerator: 'CmdOrCtrl+Q', enabled: free, click: actions.quit };
  const about: Entry = { label: words.about, click: actions.about };
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
        click: actions.acknowledgeAll,
      },
      { label: labels.mute, accelerator: 'CmdOrCtrl+Shift+M', click: () => actions.mute(can.muteMinutes) },
      { label: labels.refresh, accelerator: 'CmdOrCtrl+R', enabled: can.canRefresh, click: actions.refresh },
    ],
  };
  // On macOS these keys work in a text field only through the menu.
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
      { label: words.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => actions.zoom('in') },
      // The same key without Shift.
      { label: words.zoomIn, accelerator: 'CmdOrCtrl+=', visible: false, click: () => actions.zoom('in') },
      { label: words.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => actions.zoom('out') },
      { label: words.zoomReset, accelerator: 'CmdOrCtrl+0', click: () => actions.zoom('reset') },
      LINE,
      {
        label: words.fullScreen,
        accelerator: mac ? 'Ctrl+Command+F' : 'F11',
        enabled: !status.settings.desktop.kiosk,
        click: actions.fullScreen,
      },
    ],
  };
  const window: Entry = {
    label: words.window,
    submenu: [
      { label: words.minimize, accelerator: 'CmdOrCtrl+M', role: 'minimize', enabled: free },
      { label: words.close, accelerator: 'CmdOrCtrl+W', role: 'close', enabled: free },
      LINE,
      { label: words.newWindow, enabled: free, submenu: stations(status, actions, free) },
    ],
  };
  return [app, orders, ...(mac ? [edit] : []), view, window];
}

/** Entries that open a window for each station. Each is disabled by itself: in a disabled submenu its keys would still work. */
function stations({ settings, stations: { list } }: DisplayStatus, actions: MenuActions, enabled: boolean): Entry[] {
  const { allStations } = WORDS[settings.language].menu;
  return [
    { label: allStations, accelerator: 'CmdOrCtrl+N', enabled, click: () => actions.open() },
    ...list.map(({ id, name }): Entry => ({ label: name, enabled, click: () => actions.open(id) })),
  ];
}
