import { directionOf, type Language } from '#contract/setting-names.ts';
import { withoutOverrides } from '#contract/without-overrides.ts';

export type TextParams = Readonly<Record<string, string | number>>;

/** One language: its words, its direction, and the locale for figures. */
export interface TextOf<Key extends string> {
  language: Language;
  dir: ReturnType<typeof directionOf>;
  /** For Intl. Digits are 0–9 in every language: a number on a ticket is called out, and compared with other papers. */
  locale: string;
  /** `count` picks the plural form (`|` stands between them; one is for all); `{{name}}` in the words is replaced by `params.name`. */
  t(key: Key, params?: TextParams): string;
}

/** The plural forms of each language, in the order in which its words have them. */
export const PLURAL_FORMS: Readonly<Record<Language, readonly Intl.LDMLPluralRule[]>> = {
  en: ['one', 'other'],
  th: ['other'],
  ru: ['one', 'few', 'many', 'other'],
  ka: ['one', 'other'],
  es: ['one', 'many', 'other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
};

/**
 * Chromium has no Georgian locale data and would format in English. Bulgarian writes numbers, money and short dates as
 * Georgian does, without words.
 */
const LOCALE_OF: Partial<Record<Language, string>> = { ka: 'bg' };

/** @param words read at each call, so they may be added to */
export function textOf<Key extends string>(language: Language, words: Readonly<Record<string, string>>): TextOf<Key> {
  const plural = new Intl.PluralRules([language, 'en']);
  return {
    language,
    dir: directionOf(language),
    locale: `${LOCALE_OF[language] ?? language}-u-nu-latn`,
    t(key, params) {
      const text = words[key] ?? key;
      if (!params) return text;
      // An unknown form reads as the last one, `other`.
      const form = 'count' in params ? PLURAL_FORMS[language].indexOf(plural.select(Number(params.count))) : 0;
      return (text.split('|').at(form) ?? text).replace(/{{(\w+)}}/g, (hole, name) =>
        withoutOverrides(String(params[name] ?? hole)),
      );
    },
  };
}
