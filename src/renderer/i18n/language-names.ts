import type { Language } from '#contract/setting-names.ts';

/** The name of each language in that language, in the order in which they are offered. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  th: 'ไทย',
  ru: 'Русский',
  ka: 'ქართული',
  es: 'Español',
  ar: 'العربية',
};
