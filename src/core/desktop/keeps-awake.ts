import { withinHours } from '#contract/hours.ts';
import type { Settings } from '#contract/settings.ts';

/** Whether the screen is kept from going dark. `now`: ms, server time; `timeZone`: the store's, undefined: the machine's. */
export function keepsAwake(
  { keepAwake, keepAwakeHours }: Pick<Settings['desktop'], 'keepAwake' | 'keepAwakeHours'>,
  now: number,
  timeZone: string | undefined,
): boolean {
  if (keepAwake !== 'hours') return keepAwake === 'always';
  return withinHours(keepAwakeHours, now, timeZone);
}
