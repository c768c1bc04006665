import type { Commands } from './create-commands.ts';
import { type MenuDoes, menuTemplate } from './menu-template.ts';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';

/** Sets the application's menu, again whenever something in it changes. */
export function setupMenu(
  { electron, app, display, platform }: Shell,
  commands: Commands,
  zoom: MenuDoes['zoom'],
): void {
  const { BrowserWindow: Window, Menu } = electron;
  const does: MenuDoes = {
    ...commands,
    zoom,
    fullScreen() {
      const window = Window.getFocusedWindow();
      window?.setFullScreen(!window.isFullScreen());
    },
    about: () => app.showAboutPanel(),
  };
  // Linux shows only what is set here.
  app.setAboutPanelOptions({ applicationName: 'Ticketrail', applicationVersion: app.getVersion() });
  let shown = '';
  onStatus(display, (status) => {
    const template = menuTemplate(status, does, platform);
    const now = JSON.stringify(template);
    if (now !== shown) Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    shown = now;
  });
}
