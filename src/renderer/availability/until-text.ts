import { DAY_MS } from '#contract/local-time.ts';
import type { Words } from '../i18n/words.ts';

/** The end of a pause or the like: `19:40`, or `22 Nov 19:40` when it is more than a day ahead. `now`: server time, ms. */
export function untilText(until: string, now: number, { day, time }: Pick<Words, 'day' | 'time'>): string {
  const at = Date.parse(until);
  return at - now > DAY_MS ? `${day(at)} ${time(at)}` : time(at);
}
