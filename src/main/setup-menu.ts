import type { Undo } from '#contract/bridge.ts';
import type { Display } from '#core/display.ts';
import type { Commands } from './create-commands.ts';
import type { ElectronApi } from './electron-api.ts';
import { type MenuDoes, menuTemplate } from './menu-template.ts';
import { onStatus } from './on-status.ts';

export interface MenuOptions {
  electron: Pick<ElectronApi, 'app' | 'BrowserWindow' | 'Menu'>;
  display: Pick<Display, 'onPush'>;
  commands: Commands;
  zoom: MenuDoes['zoom'];
  platform: NodeJS.Platform;
}

/** The application's menu, set anew when something in it changed. */
export function setupMenu({ electron, display, commands, zoom, platform }: MenuOptions): Undo {
  const { app, BrowserWindow: Window, Menu } = electron;
  const does: MenuDoes = {
    ...commands,
    zoom,
    fullScreen() {
      const window = Window.getFocusedWindow();
      window?.setFullScreen(!window.isFullScreen());
    },
    about: () => app.showAboutPanel(),
  };
  // Linux shows nothing in it but what is set.
  app.setAboutPanelOptions({ applicationName: 'Ticketrail', applicationVersion: app.getVersion() });
  let shown = '';
  return onStatus(display, (status) => {
    const template = menuTemplate(status, does, platform);
    const now = JSON.stringify(template);
    if (now !== shown) Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    shown = now;
  });
}
