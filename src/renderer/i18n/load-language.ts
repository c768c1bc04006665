import type { Language } from '#contract/setting-names.ts';
import { LANGUAGE_NAMES } from './language-names.ts';
import { loadText, type Text } from './text.ts';

/** The words do not wait longer for their font; the browser then draws them with one of the machine's until it is there. */
const FONT_WITHIN_MS = 1_000;

/**
 * Loads the words that the board needs, and the font of their letters, so that the first paint has its final size. Rejects
 * when the words cannot be fetched.
 */
export async function loadLanguage(language: Language): Promise<Text> {
  const [text] = await Promise.all([loadText(language), loadFont(language)]);
  return text;
}

async function loadFont(language: Language): Promise<void> {
  const { fontFamily } = getComputedStyle(document.body);
  // The digits are Inter's in every language.
  const fonts = document.fonts.load(`1em ${fontFamily}`, `0 ${LANGUAGE_NAMES[language]}`).catch(() => {});
  await Promise.race([fonts, new Promise((resolve) => setTimeout(resolve, FONT_WITHIN_MS))]);
}
