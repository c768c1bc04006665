import { expect, test } from 'vitest';
import { LANGUAGES } from '#contract/setting-names.ts';
import { PLURAL_FORMS } from '#renderer/i18n/text-of.ts';
import { OWN_WORDS } from './load-text.ts';

const holes = (text: string): string[] => [...new Set(text.match(/{{\w+}}/g))].sort();

test.each(LANGUAGES)('%s has words for every key of the pages, in every plural form', async (language) => {
  const en = await OWN_WORDS.en();
  const words = await OWN_WORDS[language]();
  expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(words)) {
    const counted = en[key]?.includes('|') ?? false;
    const forms = text.split('|');
    expect(forms, key).toHaveLength(counted ? PLURAL_FORMS[language].length : 1);
    for (const form of forms) {
      expect(form.trim(), key).not.toBe('');
      // "one order" need not name the one.
      if (counted) expect(holes(en[key] ?? ''), key).toEqual(expect.arrayContaining(holes(form)));
      else expect(holes(form), key).toEqual(holes(en[key] ?? ''));
    }
  }
});
