import type { App } from 'electron';
import { autostartFile, programFile, setAutostart } from '#adapters/autostart-file.ts';
import type { Undo } from '#contract/bridge.ts';
import type { Desktop } from '#contract/desktop.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import type { DesktopState } from './create-desktop-state.ts';
import { onStatus } from './on-status.ts';

export interface LoginItemOptions {
  app: App;
  display: Pick<Display, 'onPush'>;
  desktop: DesktopState;
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  log: Log;
}

/** `settings.desktop.launchAtLogin`, and what the system makes of it. Run from a checkout, there is nothing to start. */
export function setupLoginItem({ app, display, desktop, env, platform, log }: LoginItemOptions): Undo {
  let asked: boolean | null = null;

  function set(openAtLogin: boolean): Desktop['launchAtLogin'] {
    try {
      if (platform === 'linux')
        setAutostart(autostartFile(env), openAtLogin ? programFile(env, process.execPath) : null);
      else {
        app.setLoginItemSettings({ openAtLogin });
        const { status, executableWillLaunchAtLogin } = app.getLoginItemSettings();
        // A person may have switched the entry off in Windows' Task Manager.
        const will = platform === 'win32' ? executableWillLaunchAtLogin : status === 'enabled';
        if (openAtLogin && status === 'requires-approval') return 'approval';
        if (openAtLogin && !will) return 'failed';
      }
      return openAtLogin ? 'on' : 'off';
    } catch (error) {
      log.warn('the start at login could not be set', { error: String(error) });
      return 'failed';
    }
  }

  return onStatus(display, ({ settings }) => {
    const { launchAtLogin } = settings.desktop;
    // Never asked for, nothing is touched: the entry may be an administrator's.
    if (launchAtLogin === (asked ?? false) || !app.isPackaged) return;
    asked = launchAtLogin;
    desktop.set({ launchAtLogin: set(launchAtLogin) });
  });
}
