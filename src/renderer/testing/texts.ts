import { LANGUAGES, type Language } from '#contract/setting-names.ts';
import { loadText, type Text } from '../i18n/text.ts';

const TEXTS = new Map<Language, Text>();
for (const language of LANGUAGES) {
  const text = await loadText(language);
  await text.loadPanels();
  TEXTS.set(language, text);
}

/** A language with all its texts; the screen loads one language. */
export function textIn(language: Language): Text {
  const text = TEXTS.get(language);
  if (!text) throw new Error(`no words of ${language}`);
  return text;
}
