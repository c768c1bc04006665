import type { Commands } from './create-commands.ts';
import { type MenuActions, menuTemplate } from './menu-template.ts';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';

/** Sets the application's menu, and replaces it whenever something in it changes. */
export function setupMenu(
  { electron, app, display, platform }: Shell,
  commands: Commands,
  zoom: MenuActions['zoom'],
): void {
  const { BrowserWindow: Window, Menu } = electron;
  const actions: MenuActions = {
    ...commands,
    zoom,
    fullScreen() {
      const window = Window.getFocusedWindow();
      window?.setFullScreen(!window.isFullScreen());
    },
    about: () => app.showAboutPanel(),
  };
  // Linux shows only the fields set here.
  app.setAboutPanelOptions({ applicationName: 'Ticketrail', applicationVersion: app.getVersion() });
  let shown = '';
  onStatus(display, (status) => {
    const template = menuTemplate(status, actions, platform);
    const now = JSON.stringify(template);
    if (now !== shown) Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    shown = now;
  });
}
