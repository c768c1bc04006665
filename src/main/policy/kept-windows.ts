import type { Area } from './place-window.ts';

/** A window as it was left; `station` null is the first window, which follows the settings. */
export interface KeptWindow {
  station: string | null;
  bounds: Area;
  maximized: boolean;
  fullScreen: boolean;
  /** It was open when the program ended. */
  open: boolean;
}

/** No window is larger, points; more windows are not kept. */
const MOST_POINTS = 32_768;
const MOST_WINDOWS = 20;

/** Of a file that anything may have written: what can be used of it, each window once. */
export function keptWindows(file: unknown): KeptWindow[] {
  const list = (file as { windows?: unknown } | null)?.windows;
  const windows = (Array.isArray(list) ? list : []).flatMap((one: unknown) => keptWindow(one) ?? []);
  return windows
    .filter(({ station }, at) => windows.findIndex((other) => other.station === station) === at)
    .slice(0, MOST_WINDOWS);
}

function keptWindow(one: unknown): KeptWindow | null {
  const { station, bounds, maximized, fullScreen, open } = (one ?? {}) as Partial<Record<keyof KeptWindow, unknown>>;
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
  const whole = all.every((one): one is number => Number.isInteger(one) && Math.abs(one as number) <= MOST_POINTS);
  if (!whole || Number(width) < 1 || Number(height) < 1) return null;
  return { x, y, width, height } as Area;
}
