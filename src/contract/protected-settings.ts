import type { Settings, SettingsPatch } from './settings.ts';

/**
 * The settings that a PIN protects: whose work the screen shows, when it warns, whether it can be left. Staff may
 * change look, language and volume. A nested key is written with a dot.
 */
export const PROTECTED_SETTINGS = [
  'displayName',
  'screen',
  'stationId',
  'stations',
  'printers',
  'till',
  'expoHold',
  'pollSeconds',
  'ages',
  'endOfDay',
  'desktop.kiosk',
  'desktop.closeToTray',
  'desktop.launchAtLogin',
] as const;

/** Whether the PIN protects this setting or a part of it. */
export const isProtected = (path: string): boolean =>
  PROTECTED_SETTINGS.some((kept) => kept === path || path.startsWith(`${kept}.`));

/** The protected settings that a patch would change; an equal value is no change. */
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
/** Comparing JSON works because the same schema made both, with keys in the same order. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
