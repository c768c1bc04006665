import type { Language } from '#contract/setting-names.ts';

/** Each language in its own words, for who does not read the one that is set; in the order in which they are offered. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  th: 'ไทย',
  ru: 'Русский',
  ka: 'ქართული',
  es: 'Español',
  ar: 'العربية',
};
