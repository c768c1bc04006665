import type { Text } from './text.ts';
import type { TextOf } from './text-of.ts';

/** Figures as the screen writes them. All times are ms; all texts fit a ticket. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long something has lasted: `0:24`, `11:58`, `1 h 05` from 100 minutes on; never negative (L3). */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 100) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}h${two(minutes % 60)}`;
}
/** An order for later: how long until its time, `in 18 min`; minutes are rounded up, so it never says 0. */
export function formatUntil(ms: number, { t }: Text): string {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE));
  return minutes < 100 ? t('age.inMinutes', { value: minutes }) : t('age.inHours', { value: Math.round(minutes / 60) });
}

const two = (n: number): string => String(n).padStart(2, '0');

type AgoKey = `ago.${'never' | 'seconds' | 'minutes' | 'hours'}`;
/** How long ago something was: `2 s ago`. */
export function formatAgo(ms: number | null, text: Pick<TextOf<AgoKey>, 't'>): string {
  if (ms === null) return text.t('ago.never');
  const past = Math.max(0, ms);
  if (past < MINUTE) return text.t('ago.seconds', { value: Math.floor(past / 1000) });
  if (past < 2 * HOUR) return text.t('ago.minutes', { value: Math.floor(past / MINUTE) });
  return text.t('ago.hours', { value: Math.floor(past / HOUR) });
}

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
function remembered<T extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
  const known = formats.get(key) as T | undefined;
  if (known) return known;
  const format = make();
  formats.set(key, format);
  return format;
}

/** `19:42` in the store's time zone; 24 hours everywhere, as kitchens say it. */
export function formatTime(at: number | string, timeZone: string | undefined, locale: string): string {
  const format = remembered(`time ${locale} ${timeZone}`, () => {
    const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat(locale, timeZone ? { ...options, timeZone } : options);
  });
  return format.format(typeof at === 'string' ? Date.parse(at) : at);
}

/**
 * Money from the minor unit, with the currency's number of decimals, or none for a whole amount. With its symbol, its code,
 * or as a bare number.
 */
export function formatMoney(
  minor: number,
  currency: string,
  locale: string,
  display: 'symbol' | 'code' | 'none' = 'symbol',
): string {
  const format = remembered(
    `money ${locale} ${currency} ${display}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: display === 'code' ? 'code' : 'narrowSymbol',
        trailingZeroDisplay: 'stripIfInteger',
      }),
  ) as Intl.NumberFormat;
  const amount = minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  if (display !== 'none') return format.format(amount);
  const parts = format.formatToParts(amount).filter(({ type }) => type !== 'currency');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}

/** `21 Nov 19:42:07` in the store's time zone, or `21 Nov` alone. */
export function formatMoment(at: number, timeZone: string | undefined, locale: string, dayOnly = false): string {
  const format = remembered(`moment ${locale} ${timeZone} ${dayOnly}`, () => {
    const day = { day: 'numeric', month: 'short' } as const;
    const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat(locale, { ...day, ...(dayOnly ? {} : time), ...(timeZone ? { timeZone } : {}) });
  });
  return format.format(at);
}

/** A delay: `80 ms`, `2.4 sec`, `12 min`, `3 hr`. */
export function formatDelay(ms: number, text: Text): string {
  if (ms < SECOND) return formatUnit('millisecond', Math.round(ms), text);
  if (ms < 2 * MINUTE) return formatUnit('second', ms / SECOND, text);
  return ms < 2 * HOUR
    ? formatUnit('minute', Math.round(ms / MINUTE), text)
    : formatUnit('hour', Math.round(ms / HOUR), text);
}

/** A number with its unit, in the language's own short word for it: `5 sec`, `10 min`, `80%`. */
export function formatUnit(
  unit: 'millisecond' | 'second' | 'minute' | 'hour' | 'percent' | 'count',
  value: number,
  { t, locale }: Text,
): string {
  if (unit === 'percent') return new Intl.NumberFormat(locale, { style: 'percent' }).format(value);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  return unit === 'count' ? number : t(`unit.${unit}`, { value: number });
}

/** `21, 46 and 8 more`. */
export function formatList(words: readonly string[], { t }: Text): string {
  const [last = '', ...before] = words.toReversed();
  return before.length === 0 ? last : t('list.and', { before: before.toReversed().join(t('list.comma')), last });
}

/** Upper case. Georgian keeps its letters: its capitals are for headlines, and few machines have them. */
export const inCapitals = (words: string, { language, locale }: Text): string =>
  language === 'ka' ? words : words.toLocaleUpperCase(locale);
