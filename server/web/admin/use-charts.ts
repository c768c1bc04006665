import { useEffect, useMemo, useState } from 'react';
import { localDay } from '#contract/local-time.ts';
import type { Store } from '#contract/store.ts';
import type { Stats } from '#contract/sync.ts';
import { formatMoney } from '#renderer/i18n/format.ts';
import type { Failure } from '../managing/api.ts';
import { serverNow } from '../managing/live-store.ts';
import type { PageKey } from '../managing/load-text.ts';
import { useFormats, useLive, usePage, useText } from '../managing/page.tsx';
import { type Bar, revenuePerDay, revenuePerWeekday } from './chart-data.ts';
import { lastDays, startOfDay } from './days.ts';

/** Old days do not change, and today is pushed: the rest is read again at this interval at most, ms. */
const READ_AGAIN_MS = 60_000;

export interface Charts {
  days: readonly string[];
  /** Of all these days; null until they are read. */
  stats: Stats | null;
  failure: Failure | null;
  perDay: Bar[];
  perWeekday: Bar[];
  /** A figure of the axis, in the currency's major unit. */
  axis(minor: number): string;
}

/** The figures of the last days of a shop, today included. */
export function useCharts(store: Store, count: number): Charts {
  const { t, locale } = useText();
  const { api, live } = usePage();
  const { money } = useFormats(store);
  const [read, setRead] = useState<{ stats: Stats | null; failure: Failure | null }>({ stats: null, failure: null });
  const [turn, setTurn] = useState(0);
  const today = useLive((state) => state.stats[store.id]);
  const current = localDay(serverNow(live.getState()), store.timeZone);
  const days = useMemo(() => lastDays(count, current), [count, current]);
  const first = days[0] as string;

  useEffect(() => {
    let isCurrent = true;
    const from = new Date(startOfDay(first, store.timeZone)).toISOString();
    void api<Stats>('GET', `/stats?storeId=${store.id}&from=${from}`).then((answer) => {
      if (isCurrent)
        setRead(({ stats }) => (answer.ok ? { stats: answer.value, failure: null } : { stats, failure: answer.error }));
    });
    const timer = setTimeout(() => setTurn(turn + 1), READ_AGAIN_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [api, store.id, store.timeZone, first, turn]);

  return useMemo(() => {
    const lastDay = days.at(-1) ?? '';
    const isOfToday = ({ hour }: Stats['perHour'][number]) => hour.slice(0, 10) === lastDay;
    const before = (read.stats?.perHour ?? []).filter((hour) => !today || !isOfToday(hour));
    // Just after midnight what was pushed last is yesterday's, which was read as well.
    const perHour = [...before, ...(today?.perHour ?? []).filter(isOfToday)];
    const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
    const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    return {
      days,
      ...read,
      perDay: revenuePerDay(perHour, days, { money, day: (one) => day.format(at(one)) }),
      perWeekday: revenuePerWeekday(perHour, days, { money, weekday: (number) => t(`weekday.${number}` as PageKey) }),
      axis: (minor) => formatMoney(minor, store.currency, locale, 'none'),
    };
  }, [read, today, days, t, locale, money, store.currency]);
}
