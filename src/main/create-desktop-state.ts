import type { Desktop } from '#contract/desktop.ts';
import type { Display } from '#core/display.ts';
import type { TokenPlace } from './policy/token-place.ts';

export interface DesktopState {
  current(): Desktop;
  set(change: Partial<Omit<Desktop, 'platform'>>): void;
}

/** What was found on this machine, told to the screen whenever it changes. */
export function createDesktopState(
  display: Pick<Display, 'setDesktop'>,
  platform: NodeJS.Platform,
  token: TokenPlace,
): DesktopState {
  let desktop: Desktop = {
    platform: platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux',
    tray: 'missing',
    notifications: 'untried',
    launchAtLogin: 'off',
    token,
    update: null,
  };
  display.setDesktop(desktop);
  return {
    current: () => desktop,
    set(change) {
      const next = { ...desktop, ...change };
      if (JSON.stringify(next) === JSON.stringify(desktop)) return;
      desktop = next;
      display.setDesktop(desktop);
    },
  };
}
