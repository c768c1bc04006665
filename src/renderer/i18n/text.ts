import i18next from 'i18next';
import type { Language } from '#contract/setting-names.ts';
import { ar } from './ar.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ka } from './ka.ts';
import { ru } from './ru.ts';
import { th } from './th.ts';

export const TEXTS: Record<Language, Record<string, string>> = { en, th, ru, ka, es, ar };

type Category = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutCategory<K extends string> = K extends `${infer Base}_${Category}` ? Base : K;
/** A key of the texts, plural endings left off. */
export type TextKey = WithoutCategory<keyof typeof en>;
export type TextParams = Readonly<Record<string, string | number>>;

/** One language: its words, its direction, and the locale for figures. */
export interface Text {
  language: Language;
  dir: 'ltr' | 'rtl';
  /** For Intl. Figures are 0–9 in every language: a number on a ticket is called out, and read off other papers. */
  locale: string;
  t(key: TextKey, params?: TextParams): string;
}

/**
 * Chromium knows no Georgian and would write English words in its place. Bulgarian writes figures and money as Georgian does,
 * and short dates without a word; all other words are our own.
 */
const FIGURES_OF: Partial<Record<Language, string>> = { ka: 'bg' };

const i18n = i18next.createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(Object.entries(TEXTS).map(([language, texts]) => [language, { translation: texts }])),
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // React escapes.
  interpolation: { escapeValue: false },
});

const made = new Map<Language, Text>();

/** The words of a language; the same object every time, so that components may compare. */
export function textIn(language: Language): Text {
  const known = made.get(language);
  if (known) return known;
  const fixed = i18n.getFixedT(language);
  // A ticket has a dozen of them, and was drawn for a third of its cost in looking them up.
  const plain = new Map<string, string>();
  const text: Text = {
    language,
    dir: language === 'ar' ? 'rtl' : 'ltr',
    locale: `${FIGURES_OF[language] ?? language}-u-nu-latn`,
    t(key, params) {
      if (params) return fixed(key as never, params as never) as unknown as string;
      let words = plain.get(key);
      if (words === undefined) {
        words = fixed(key as never) as unknown as string;
        plain.set(key, words);
      }
      return words;
    },
  };
  made.set(language, text);
  return text;
}
