import type { Language } from '#contract/setting-names.ts';
import type { words as board } from '#renderer/i18n/en/board.ts';
import type { words as panels } from '#renderer/i18n/en/panels.ts';
import { loadWords } from '#renderer/i18n/text.ts';
import { type TextOf, textOf } from '#renderer/i18n/text-of.ts';
import type { words as own } from './i18n/en.ts';

/** A key of the words of `/admin` and `/console`: their own, and the display's for orders. */
export type PageKey = keyof (typeof board & typeof panels & typeof own);

export type PageText = TextOf<PageKey>;

/** Each language is a chunk. */
export const OWN_WORDS: Readonly<Record<Language, () => Promise<{ words: Readonly<Record<string, string>> }>>> = {
  en: () => import('./i18n/en.ts'),
  th: () => import('./i18n/th.ts'),
  ru: () => import('./i18n/ru.ts'),
  ka: () => import('./i18n/ka.ts'),
  es: () => import('./i18n/es.ts'),
  ar: () => import('./i18n/ar.ts'),
};

/** Rejects when the words cannot be fetched. */
export async function loadPageText(language: Language): Promise<PageText> {
  const [shared, { words }] = await Promise.all([loadWords(language, ['board', 'panels']), OWN_WORDS[language]()]);
  return textOf<PageKey>(language, { ...shared, ...words });
}
