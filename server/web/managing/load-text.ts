import type { Language } from '#contract/setting-names.ts';
import type { words as board } from '#renderer/i18n/en/board.ts';
import type { words as panels } from '#renderer/i18n/en/panels.ts';
import { loadWords } from '#renderer/i18n/text.ts';
import { type TextOf, textOf } from '#renderer/i18n/text-of.ts';
import type { words as connections } from './i18n/connections/en.ts';
import type { words as own } from './i18n/en.ts';

/** A key of the words of `/admin` and `/console`: their own, and the display's for orders. */
export type PageKey = keyof (typeof board & typeof panels & typeof own & typeof connections);

export type PageText = TextOf<PageKey>;

type Words = Readonly<Record<string, string>>;

/** Of the pages, and of what a shop is connected to; each file is a chunk. */
export const OWN_WORDS: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => merged(import('./i18n/en.ts'), import('./i18n/connections/en.ts')),
  th: () => merged(import('./i18n/th.ts'), import('./i18n/connections/th.ts')),
  ru: () => merged(import('./i18n/ru.ts'), import('./i18n/connections/ru.ts')),
  ka: () => merged(import('./i18n/ka.ts'), import('./i18n/connections/ka.ts')),
  es: () => merged(import('./i18n/es.ts'), import('./i18n/connections/es.ts')),
  ar: () => merged(import('./i18n/ar.ts'), import('./i18n/connections/ar.ts')),
};
const merged = async (...files: Promise<{ words: Words }>[]): Promise<Words> =>
  Object.assign({}, ...(await Promise.all(files)).map(({ words }) => words));

/** Rejects when the words cannot be fetched. */
export async function loadPageText(language: Language): Promise<PageText> {
  const [shared, own] = await Promise.all([loadWords(language, ['board', 'panels']), OWN_WORDS[language]()]);
  return textOf<PageKey>(language, { ...shared, ...own });
}
