import { LANGUAGES, type Language } from '#contract/setting-names.ts';

/** The first of our languages that an `Accept-Language` header prefers (RFC 9110, 12.5.4), else English. */
export function preferredLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',', 50)
    .map((part) => {
      const [tag = '', ...params] = part.split(';').map((text) => text.trim());
      const quality = Number(params.find((param) => param.startsWith('q='))?.slice(2) ?? 1);
      return { primary: tag.toLowerCase().split('-')[0], quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { primary } of wanted) {
    const language = LANGUAGES.find((known) => known === primary);
    if (language) return language;
  }
  return 'en';
}
