import type { Fulfilment } from '#contract/status.ts';
import { formatMoment, formatTime } from '#renderer/i18n/format.ts';
import type { TextOf } from '#renderer/i18n/text-of.ts';
import type { CustomerKey } from './customer-key.ts';

/** The words of `/track` and `/my` in one language. */
export type CustomerText = TextOf<CustomerKey>;

/** The words of a key for this kind of order: those of `key.fulfilment` if there are any, else those of `key`. */
export function sayFor(text: CustomerText, key: string, fulfilment: Fulfilment): string {
  const special = `${key}.${fulfilment}`;
  const words = text.t(special as CustomerKey);
  return words === special ? text.t(key as CustomerKey) : words;
}

/**
 * `19:42` in the store's time zone; with the day, `21 Nov 19:42`, when that is another one than today.
 *
 * @param now ms
 */
export function timeAsOf(at: string | number, now: number, timeZone: string, { locale }: CustomerText): string {
  const ms = typeof at === 'string' ? Date.parse(at) : at;
  const time = formatTime(ms, timeZone, locale);
  const day = formatMoment(ms, timeZone, locale, true);
  return day === formatMoment(now, timeZone, locale, true) ? time : `${day} ${time}`;
}
