import type { BrowserWindow } from 'electron';
import { USUAL_SIZE } from './make-window.ts';
import { type Area, placeWindow } from './policy/place-window.ts';
import type { Shell } from './shell.ts';

/** How long the system may take to move windows itself after a change, ms. */
const SETTLED_MS = 500;
/** How far a full screen window may differ from its monitor, points: a fractional scale rounds. */
const ROUNDING = 2;

export type Monitors = ReturnType<typeof setupMonitors>;

/**
 * Keeps windows on the monitors that are connected: a full screen window fills one, and no other is out of reach. macOS and Wayland
 * do this themselves, and a program cannot place its windows on Wayland.
 */
export function setupMonitors({ electron: { screen }, env, platform }: Pick<Shell, 'electron' | 'env' | 'platform'>) {
  const isUpToUs = platform !== 'darwin' && !env.WAYLAND_DISPLAY;
  const windows = new Set<BrowserWindow>();
  let gone: Area[] = [];
  let timer: NodeJS.Timeout | undefined;

  function place(was: Area | null): Area {
    const [main, ...all] = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
    return placeWindow(was, [main ?? { x: 0, y: 0, ...USUAL_SIZE }, ...all], USUAL_SIZE, gone);
  }

  function keep(window: BrowserWindow): void {
    // The system restores these on a monitor that is there.
    if (window.isMinimized() || window.isMaximized()) return;
    const now = window.getNormalBounds();
    const next = place(now);
    if (!window.isFullScreen()) {
      if (differ(now, next) > 0) window.setBounds(next);
      return;
    }
    if (screen.getAllDisplays().some(({ bounds }) => differ(window.getBounds(), bounds) <= ROUNDING)) return;
    // A full screen window cannot be moved.
    window.setFullScreen(false);
    window.setBounds(next);
    window.setFullScreen(true);
  }

  function keepAllSoon(): void {
    if (!isUpToUs) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const window of windows) keep(window);
      gone = [];
    }, SETTLED_MS);
    timer.unref();
  }
  screen.on('display-removed', (_, { bounds }) => {
    gone.push(bounds);
    keepAllSoon();
  });
  screen.on('display-metrics-changed', keepAllSoon);

  return {
    /** Where to open a window whose last place this was; null: a new one. */
    place,
    /** Keeps the window on a monitor until it is closed. */
    follow(window: BrowserWindow): void {
      windows.add(window);
      // Only now its place counts.
      window.on('leave-full-screen', keepAllSoon);
      window.on('unmaximize', keepAllSoon);
      window.on('restore', keepAllSoon);
      window.on('closed', () => windows.delete(window));
    },
  };
}

/** The largest difference of two areas' edges or sizes, points. */
const differ = (a: Area, b: Area): number =>
  Math.max(...(['x', 'y', 'width', 'height'] as const).map((of) => Math.abs(a[of] - b[of])));
