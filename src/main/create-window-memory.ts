import type { BrowserWindow } from 'electron';
import type { KeptWindow } from './policy/kept-windows.ts';
import type { WindowFile } from './window-file.ts';

/** After the last of many moves, ms. */
const KEEP_AFTER_MS = 1_000;

export interface WindowMemory {
  /** How a station's window was left; undefined: it was never open. */
  was(station: string | null): KeptWindow | undefined;
  /** Stations whose windows were open when the program ended. */
  open(): string[];
  /** From now on, until it is closed. */
  watch(station: string | null, window: BrowserWindow): void;
  /** Writes where all of them are now. */
  keep(): void;
  /** Writes it for the last time: windows that close from now on close with the program. */
  end(): void;
}

/** Where the windows are, written a moment after they were moved: a till is switched off at the wall. */
export function createWindowMemory(file: WindowFile): WindowMemory {
  const kept = new Map(file.read().map((one) => [one.station, one]));
  const windows = new Map<string | null, BrowserWindow>();
  let keeping: NodeJS.Timeout | undefined;
  let ended = false;

  function look(station: string | null, window: BrowserWindow): KeptWindow {
    const { x, y, width, height } = window.getNormalBounds();
    // A kiosk fills the screen by itself; what was before it is what comes after it.
    const fullScreen = window.isKiosk() ? (kept.get(station)?.fullScreen ?? false) : window.isFullScreen();
    return { station, bounds: { x, y, width, height }, maximized: window.isMaximized(), fullScreen, open: true };
  }
  function keep(): void {
    clearTimeout(keeping);
    if (ended) return;
    for (const [station, window] of windows) kept.set(station, look(station, window));
    file.write([...kept.values()]);
  }
  function keepSoon(): void {
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP_AFTER_MS);
    keeping.unref();
  }

  return {
    was: (station) => kept.get(station),
    open: () => [...kept.values()].flatMap(({ station, open }) => (open && station !== null ? [station] : [])),
    watch(station, window) {
      windows.set(station, window);
      window.on('move', keepSoon);
      window.on('resize', keepSoon);
      window.on('closed', () => {
        windows.delete(station);
        const last = kept.get(station);
        if (last) kept.set(station, { ...last, open: false });
        keepSoon();
      });
    },
    keep,
    end() {
      keep();
      ended = true;
    },
  };
}
