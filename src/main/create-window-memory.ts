import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';
import type { Log } from '#core/ports.ts';
import { parseWindowStates, type WindowState } from './policy/window-states.ts';

/** Debounce of window moves, ms. */
const SAVE_AFTER_MS = 1_000;

export type WindowMemory = ReturnType<typeof createWindowMemory>;

/**
 * Saves window positions to a file shortly after each move, since a till may be switched off at the wall. If the disk fails,
 * only the positions are lost.
 *
 * @param isFullScreen whether a window is full screen, and not by a kiosk
 */
export function createWindowMemory(path: string, isFullScreen: (window: BrowserWindow) => boolean, log: Log) {
  const states = new Map(readFile().map((one) => [one.station, one]));
  const windows = new Map<string | null, BrowserWindow>();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  function stateOf(station: string | null, window: BrowserWindow): WindowState {
    const { x, y, width, height } = window.getNormalBounds();
    const maximized = window.isMaximized();
    return { station, bounds: { x, y, width, height }, maximized, fullScreen: isFullScreen(window), open: true };
  }
  function save(): void {
    clearTimeout(timer);
    if (ended) return;
    for (const [station, window] of windows) states.set(station, stateOf(station, window));
    try {
      writeFileSync(`${path}.new`, JSON.stringify({ windows: [...states.values()] }));
      renameSync(`${path}.new`, path);
    } catch (error) {
      log.warn('the places of the windows could not be written', { error: String(error) });
    }
  }
  function readFile(): WindowState[] {
    try {
      return parseWindowStates(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return [];
    }
  }
  function saveSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
    timer.unref();
  }

  return {
    /** The last state of a station's window; undefined: it was never open. */
    get: (station: string | null): WindowState | undefined => states.get(station),
    /** Stations whose windows were open when the program ended. */
    open: (): string[] =>
      [...states.values()].flatMap(({ station, open }) => (open && station !== null ? [station] : [])),
    /** Tracks the window until it is closed. */
    watch(station: string | null, window: BrowserWindow): void {
      windows.set(station, window);
      window.on('move', saveSoon);
      window.on('resize', saveSoon);
      window.on('close', save);
      window.on('closed', () => {
        windows.delete(station);
        const last = states.get(station);
        if (last) states.set(station, { ...last, open: false });
        saveSoon();
      });
    },
    save,
    /** Saves for the last time: windows that close later close with the program and count as open. */
    end(): void {
      save();
      ended = true;
    },
  };
}
