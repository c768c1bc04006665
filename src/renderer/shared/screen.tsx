import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Settings } from '#contract/settings.ts';
import type { TextStore } from '../i18n/text-store.ts';
import { type Words, wordsIn } from '../i18n/words.ts';
import type { SoundStore } from '../sound/create-sound.ts';
import type { ToastStore } from '../toasts/toast-store.ts';
import type { View, ViewStore } from '../view-store/view-store.ts';
import type { Actions } from './actions.ts';
import type { Ticker } from './ticker.ts';
import type { Ui, UiStore } from './ui-store.ts';

/**
 * Whether the browser keeps the screen on. `cannot`: it has no wake lock (an old browser, or plain http) or refused the last
 * request (a low battery, or no tap yet).
 */
export type AwakeStore = StoreApi<'can' | 'cannot'>;

/** What every component can use; created once in main.tsx. */
export interface Screen {
  view: ViewStore;
  text: TextStore;
  ui: UiStore;
  toasts: ToastStore;
  sound: SoundStore;
  awake: AwakeStore;
  actions: Actions;
  ticker: Ticker;
  /** Server time, ms; 0 before the first status. */
  now(): number;
}

const ScreenContext = createContext<Screen | null>(null);
export const ScreenProvider = ScreenContext.Provider;

export function useScreen(): Screen {
  const screen = useContext(ScreenContext);
  if (!screen) throw new Error('no screen around this component');
  return screen;
}

export const useView = <T,>(select: (view: View) => T): T => useStore(useScreen().view, select);
/** A setting, or the given value until the settings are known. */
export const useSetting = <K extends keyof Settings>(name: K, initial: Settings[K]): Settings[K] =>
  useView((view) => view.status?.settings[name] ?? initial);
export const useUi = <T,>(select: (ui: Ui) => T): T => useStore(useScreen().ui, select);

/** The current texts, in a context, so that 500 tickets need not subscribe to the language. */
const WordsContext = createContext<Words | null>(null);

/** Shows only the product's name until the set language is loaded, so that no other language flashes up. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const text = useStore(useScreen().text);
  const zone = useView((view) => view.status?.store?.timeZone);
  const display = useSetting('currencyDisplay', 'symbol');
  const words = useMemo(() => text && wordsIn(text, zone, display), [text, zone, display]);
  if (!words) return <p className="boot">Ticketrail</p>;
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The texts of the set language. */
export function useText(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no words around this component');
  return words;
}
