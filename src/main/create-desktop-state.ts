import type { Desktop } from '#contract/desktop.ts';
import type { Display } from '#core/display.ts';

/** The state of this machine's desktop; pushes each change to the screen. */
export function createDesktopState(display: Display, platform: NodeJS.Platform) {
  let desktop: Desktop = {
    platform: platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux',
    tray: 'missing',
    notifications: 'untried',
    launchAtLogin: 'off',
    token: 'file',
    update: null,
  };
  display.setDesktop(desktop);
  return {
    set(change: Partial<Omit<Desktop, 'platform'>>): void {
      const next = { ...desktop, ...change };
      if (JSON.stringify(next) === JSON.stringify(desktop)) return;
      desktop = next;
      display.setDesktop(desktop);
    },
  };
}
