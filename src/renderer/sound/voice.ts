import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Language } from '#contract/setting-names.ts';

/** Languages that this machine can speak, as primary subtags. It changes, because browsers load voices late. */
export interface Voice extends StoreApi<ReadonlySet<string>> {
  /** Queues an utterance; does nothing without a voice for the language. `volume` 0 to 1. */
  say(text: string, language: Language, volume: number): void;
}

type Synth = Pick<SpeechSynthesis, 'getVoices' | 'speak'> & Partial<Pick<EventTarget, 'addEventListener'>>;

/** @param synth the page's; undefined where a browser has none */
export function createVoice(synth: Synth | undefined): Voice {
  const store = createStore<ReadonlySet<string>>(() => new Set());
  const of = (language: string) => synth?.getVoices().filter(({ lang }) => primary(lang) === language) ?? [];
  const look = () => store.setState(new Set(synth?.getVoices().map(({ lang }) => primary(lang))), true);
  synth?.addEventListener?.('voiceschanged', look);
  look();
  return Object.assign(store, {
    say(text: string, language: Language, volume: number): void {
      const voices = of(language);
      // A local voice needs no network.
      const voice = voices.find(({ localService }) => localService) ?? voices[0];
      if (!voice || volume <= 0) return;
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      words.lang = voice.lang;
      words.volume = volume;
      synth?.speak(words);
    },
  });
}

/** `en` of `en-GB`; some machines write `en_GB`. */
const primary = (lang: string): string => lang.toLowerCase().split(/[-_]/)[0] ?? '';
