import { autostartFile, programFile, setAutostart } from '#adapters/autostart-file.ts';
import type { Desktop } from '#contract/desktop.ts';
import { onStatus } from './on-status.ts';
import { hasLoginItem, loginItemResult } from './policy/login-item.ts';
import type { Shell } from './shell.ts';

/** Applies `settings.desktop.launchAtLogin` and reports the result. Does nothing in a checkout, which has no installed program. */
export function setupLoginItem({ app, display, desktop, env, platform, log }: Shell) {
  let asked: boolean | null = null;

  function set(openAtLogin: boolean): Desktop['launchAtLogin'] {
    try {
      if (platform === 'linux') {
        setAutostart(autostartFile(env), openAtLogin ? programFile(env, process.execPath) : null);
        return openAtLogin ? 'on' : 'off';
      }
      if (hasLoginItem(platform, app.getLoginItemSettings()) !== openAtLogin) app.setLoginItemSettings({ openAtLogin });
      return loginItemResult(platform, openAtLogin, app.getLoginItemSettings());
    } catch (error) {
      log.warn('the start at login could not be set', { error: String(error) });
      return 'failed';
    }
  }

  onStatus(display, ({ settings }) => {
    const { launchAtLogin } = settings.desktop;
    // Until the setting changes, leave the entry alone: an administrator may have made it.
    if (launchAtLogin === (asked ?? false) || !app.isPackaged) return;
    asked = launchAtLogin;
    desktop.set({ launchAtLogin: set(launchAtLogin) });
  });
  return {
    /** The program's file has another name from now on. */
    moved(): void {
      if (asked) set(true);
    },
  };
}
