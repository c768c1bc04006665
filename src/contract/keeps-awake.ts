import type { Settings } from './settings.ts';
import { withinHours } from './within-hours.ts';

/**
 * Whether the screen is kept awake. An unknown store counts as always open.
 *
 * @param now ms, server time
 * @param timeZone the store's; undefined: not known
 */
export function keepsAwake(
  { keepAwake, keepAwakeHours }: Pick<Settings['desktop'], 'keepAwake' | 'keepAwakeHours'>,
  now: number,
  timeZone: string | undefined,
): boolean {
  if (keepAwake !== 'hours' || timeZone === undefined) return keepAwake !== 'never';
  return withinHours(keepAwakeHours, now, timeZone);
}
