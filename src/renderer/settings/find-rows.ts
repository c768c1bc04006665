import { foldText } from '#contract/search-text.ts';
import type { Text } from '../i18n/text.ts';
import { hintOf, labelOf, optionOf, type SettingRow, type SettingSection } from './setting-row.ts';

/**
 * The rows that match a search in the screen's language, with their sections. Each word must occur in the row's label, hint
 * or options, or in the section's title; accents and case do not count.
 */
export function findRows(
  sections: readonly SettingSection[],
  search: string,
  { t }: Pick<Text, 't'>,
): SettingSection[] {
  const words = foldText(search).split(/\s+/).filter(Boolean);
  return sections.flatMap((section) => {
    const title = t(`settings.section.${section.id}`);
    const rows = section.rows.filter((row) => {
      const text = foldText([title, ...wordsOf(row, t)].join('\n'));
      return words.every((word) => text.includes(word));
    });
    return rows.length ? [{ ...section, rows }] : [];
  });
}

function wordsOf(row: SettingRow, t: Text['t']): string[] {
  const own = [labelOf(row, t), hintOf(row, t)];
  if (row.kind === 'choice') return [...own, ...row.options.map((option) => optionOf(row.path, option, t))];
  return row.kind === 'own' ? [...own, ...(row.words ?? []).map((word) => t(word))] : own;
}
