import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { localDay } from '#contract/local-time.ts';
import type { Store } from '#contract/store.ts';
import { formatMoment, formatMoney, formatTime } from '#renderer/i18n/format.ts';
import type { Api } from './api.ts';
import type { StoresFollower } from './follow-stores.ts';
import { type Live, type LiveStore, serverNow } from './live-store.ts';
import type { PageText } from './load-text.ts';

/** What every component can use once somebody is signed in. */
export interface Page {
  api: Api;
  live: LiveStore;
  follower: StoresFollower;
  signOut(): void;
}

const PageContext = createContext<Page | null>(null);
export const PageProvider = PageContext.Provider;
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('no page around this component');
  return page;
}
export const useLive = <T,>(select: (live: Live) => T): T => useStore(usePage().live, select);

const TextContext = createContext<PageText | null>(null);
export const TextProvider = TextContext.Provider;
export function useText(): PageText {
  const text = useContext(TextContext);
  if (!text) throw new Error('no text around this component');
  return text;
}

/** The formats of a store: its clock, its days and its money. The device's own clock and zone say nothing here. */
export function useFormats(store: Pick<Store, 'timeZone' | 'currency'>) {
  const { locale } = useText();
  const { live } = usePage();
  const { timeZone, currency } = store;
  return useMemo(
    () => ({
      /** `19:42`. */
      time: (at: number | string) => formatTime(at, timeZone, locale),
      /** `21 Nov 19:42:07`. */
      moment: (at: number | string) => formatMoment(typeof at === 'string' ? Date.parse(at) : at, timeZone, locale),
      /** `19:42`, and of another day `21 Nov 19:42`. */
      when: (at: number | string) => {
        const ms = typeof at === 'string' ? Date.parse(at) : at;
        const clock = formatTime(ms, timeZone, locale);
        if (localDay(ms, timeZone) === localDay(serverNow(live.getState()), timeZone)) return clock;
        return `${formatMoment(ms, timeZone, locale, true)} ${clock}`;
      },
      money: (minor: number, of = currency) => formatMoney(minor, of, locale),
    }),
    [timeZone, currency, locale, live],
  );
}

/** The server's time, ms, renewed at this interval, and when the server says what time it is. */
export function useNow(everyMs = 10_000): number {
  const clockAhead = useLive((live) => live.clockAhead);
  const [deviceNow, setDeviceNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setDeviceNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return deviceNow + clockAhead;
}
