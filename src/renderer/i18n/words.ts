import type { Settings } from '#contract/settings.ts';
import { formatMoment, formatMoney, formatTime } from './format.ts';
import type { Text } from './text.ts';

/** A language in the time zone of the store; the device's until the store is known. */
export interface Words extends Text {
  timeZone: string | undefined;
  /** `19:42`. */
  time(at: number | string): string;
  /** `21 Nov 19:42:07`. */
  moment(at: number): string;
  /** `21 Nov`. */
  day(at: number): string;
  /** An amount in the minor unit of its currency, written as this screen is set to. */
  money(minor: number, currency: string): string;
}

export const wordsIn = (
  text: Text,
  timeZone: string | undefined,
  display: Settings['currencyDisplay'] = 'symbol',
): Words => ({
  ...text,
  timeZone,
  time: (at) => formatTime(at, timeZone, text.locale),
  moment: (at) => formatMoment(at, timeZone, text.locale),
  day: (at) => formatMoment(at, timeZone, text.locale, true),
  money: (minor, currency) => formatMoney(minor, currency, text.locale, display),
});
