import { folded } from '#contract/folded.ts';
import type { ModifierColour } from '#contract/setting-names.ts';
import type { ColouredModifiers } from '#contract/settings.ts';

/** The colour of the first rule with a word that the name contains; undefined: none. */
export function colourOf(name: string, rules: readonly ColouredModifiers[]): ModifierColour | undefined {
  if (rules.length === 0) return undefined;
  const text = folded(name);
  return rules.find(({ words }) => words.some((word) => text.includes(folded(word))))?.colour;
}
