import type { Area } from './place-window.ts';

/** The saved state of a window. `station` null is the first window, which follows the settings. */
export interface WindowState {
  station: string | null;
  bounds: Area;
  maximized: boolean;
  fullScreen: boolean;
  /** Whether it was open when the program ended. */
  open: boolean;
}

/** Upper bounds of a coordinate or size, points, and of the number of windows. */
const MAX_POINTS = 32_768;
const MAX_WINDOWS = 20;

/** The valid entries of an untrusted file, each window once. */
export function parseWindowStates(file: unknown): WindowState[] {
  const list = (file as { windows?: unknown } | null)?.windows;
  const windows = (Array.isArray(list) ? list : []).flatMap((one: unknown) => parseWindowState(one) ?? []);
  return windows
    .filter(({ station }, at) => windows.findIndex((other) => other.station === station) === at)
    .slice(0, MAX_WINDOWS);
}

function parseWindowState(one: unknown): WindowState | null {
  const { station, bounds, maximized, fullScreen, open } = (one ?? {}) as Partial<Record<keyof WindowState, unknown>>;
  const area = areaOf(bounds);
  const known = station === null || (typeof station === 'string' && station.length > 0 && station.length <= 40);
  if (!known || !area) return null;
  return {
    station: station as string | null,
    bounds: area,
    maximized: maximized === true,
    fullScreen: fullScreen === true,
    open: open === true,
  };
}

function areaOf(bounds: unknown): Area | null {
  const { x, y, width, height } = (bounds ?? {}) as Partial<Record<keyof Area, unknown>>;
  const all = [x, y, width, height];
  const whole = all.every((one): one is number => Number.isInteger(one) && Math.abs(one as number) <= MAX_POINTS);
  if (!whole || Number(width) < 1 || Number(height) < 1) return null;
  return { x, y, width, height } as Area;
}
