import type { Language } from './setting-names.ts';

/** A modifier that leaves something out, split at the words that say so; the three parts together are its name. */
export interface Removal {
  before: string;
  words: string;
  after: string;
  /** The language of the words. */
  language: Language;
}

/** The words before what is left out, or behind it, in each language. A digit behind them is a number: `No 5`. */
const REMOVALS: Record<Language, RegExp> = {
  en: /^(?:no|without|w\/o|minus|remove|omit|leave out|hold the)(?=\s+[^\s\d])/iu,
  // Thai is written without spaces.
  th: /^(?:ไม่ต้องใส่|ไม่ใส่|ไม่เอา|งดใส่|งด|ปราศจาก)(?=\s*\S)/u,
  ru: /^(?:без|убрать|исключить|не класть|не добавлять)(?=\s+\S)/iu,
  ka: /(?<=\S\s+)(?:გარეშე)$/u,
  es: /^(?:sin|quitar)(?=\s+\S)/iu,
  ar: /^(?:بدون|من دون|دون|بلا|من غير)(?=\s+\S)/u,
};
const LANGUAGES = Object.keys(REMOVALS) as Language[];

/**
 * Whether a modifier leaves something out. The name comes from the till, so the words of all languages count, whichever the
 * screen is in.
 *
 * @returns null: it leaves nothing out
 */
export function removalOf(name: string): Removal | null {
  const text = name.trim();
  for (const language of LANGUAGES) {
    const found = REMOVALS[language].exec(text);
    if (!found) continue;
    const [words] = found;
    return { before: text.slice(0, found.index), words, after: text.slice(found.index + words.length), language };
  }
  return null;
}
