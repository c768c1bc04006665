import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#contract/bridge.ts';
import type { Language } from '#contract/setting-names.ts';
import type { View, ViewStore } from '../view-store/view-store.ts';
import type { Text } from './text.ts';

/** The first paint waits this long for the display program to say which language is set; then it is English. */
const FIRST_STATUS_WITHIN_MS = 1_000;
const RETRY_MS = 1_000;

/** The words on the screen; null until the first language is loaded. A change of language shows once its words are there. */
export type TextStore = StoreApi<Text | null>;

export interface TextStoreOptions {
  view: ViewStore;
  load(language: Language): Promise<Text>;
  after(ms: number, run: () => void): Undo;
}

const languageOf = ({ status }: View): Language | undefined => status?.settings.language;

/**
 * Follows the setting. A language that cannot be loaded leaves the current one on the screen; it is tried again when it is
 * chosen again, and when the host of the page is back.
 */
export function createTextStore({ view, load, after }: TextStoreOptions): TextStore {
  const store = createStore<Text | null>(() => null);
  const wanted = () => languageOf(view.getState()) ?? 'en';

  async function show(): Promise<void> {
    const language = wanted();
    if (language === store.getState()?.language) return;
    try {
      const text = await load(language);
      // Later ones are chosen in a panel.
      if (store.getState()) await text.loadPanels();
      if (language === wanted()) store.setState(text, true);
    } catch (error) {
      console.error(`the words of "${language}" could not be loaded`, error);
      if (store.getState() === null) after(RETRY_MS, () => void show());
    }
  }

  view.subscribe((now, before) => {
    if (!now.status) return;
    const hostIsBack = now.carrierUp === true && !before.carrierUp;
    if (hostIsBack || languageOf(now) !== languageOf(before)) void show();
  });
  after(FIRST_STATUS_WITHIN_MS, () => void show());
  return store;
}
