import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';
import type { Log } from '#core/ports.ts';
import { type KeptWindow, keptWindows } from './policy/kept-windows.ts';

/** After the last of many moves, ms. */
const KEEP_AFTER_MS = 1_000;

export type WindowMemory = ReturnType<typeof createWindowMemory>;

/**
 * Where the windows are, in a file that is written a moment after a window moves: people switch a till off at the wall. A
 * disk that does not take it costs a window its place, nothing else.
 */
export function createWindowMemory(path: string, log: Log) {
  const kept = new Map(readFile().map((one) => [one.station, one]));
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
    try {
      writeFileSync(`${path}.new`, JSON.stringify({ windows: [...kept.values()] }));
      renameSync(`${path}.new`, path);
    } catch (error) {
      log.warn('the places of the windows could not be written', { error: String(error) });
    }
  }
  function readFile(): KeptWindow[] {
    try {
      return keptWindows(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return [];
    }
  }
  function keepSoon(): void {
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP_AFTER_MS);
    keeping.unref();
  }

  return {
    /** The state a station's window was left in; undefined: it was never open. */
    was: (station: string | null): KeptWindow | undefined => kept.get(station),
    /** Stations whose windows were open when the program ended. */
    open: (): string[] =>
      [...kept.values()].flatMap(({ station, open }) => (open && station !== null ? [station] : [])),
    /** Remembers the window until it is closed. */
    watch(station: string | null, window: BrowserWindow): void {
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
    /** Writes for the last time: windows that close from now on close with the program. */
    end(): void {
      keep();
      ended = true;
    },
  };
}
