import type { Settings, SettingsPatch } from './settings.ts';

/**
 * What a PIN keeps from being changed by the way: whose work the screen shows, when it warns, whether it can be left. Look,
 * language and loudness are the staff's own. A nested key is written with a point.
 */
export const PROTECTED_SETTINGS = [
  'displayName',
  'screen',
  'stationId',
  'stations',
  'expoHold',
  'pollSeconds',
  'ages',
  'endOfDay',
  'desktop.kiosk',
  'desktop.closeToTray',
  'desktop.launchAtLogin',
] as const;

/** Whether this setting, or a part of it, is kept by the PIN. */
export const isProtected = (path: string): boolean =>
  PROTECTED_SETTINGS.some((kept) => kept === path || path.startsWith(`${kept}.`));

/** Those of the protected settings that a patch would change; the same value again is no change. */
export function protectedChanges(settings: Settings, patch: SettingsPatch): string[] {
  return PROTECTED_SETTINGS.filter((path) => {
    const [key = '', inner] = path.split('.');
    const wanted = (patch as Values)[key];
    if (wanted === undefined) return false;
    const has = (settings as Values)[key];
    return !same(at(has, inner), at(wanted, inner));
  });
}

type Values = Record<string, unknown>;
const at = (value: unknown, key: string | undefined): unknown => (key ? (value as Values)[key] : value);
/** Both come out of the same schema, so their keys stand in the same order. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
