import type { Layout, LayoutName, LayoutRules } from '#contract/caught-job.ts';

/** A layout as the form holds it. */
export interface LayoutDraft {
  choice: LayoutName | 'own';
  /** JSON of rules for the till; empty until somebody wants them. */
  rules: string;
}

/** @param layout of the source's settings */
export const layoutDraftOf = (layout: Layout = 'generic'): LayoutDraft =>
  typeof layout === 'string' ? { choice: layout, rules: '' } : { choice: 'own', rules: jsonOf(layout) };

/** Rules begin with what was chosen before; what was typed stays. */
export const choose = ({ choice, rules }: LayoutDraft, next: LayoutDraft['choice']): LayoutDraft => ({
  choice: next,
  rules: rules === '' && next === 'own' && choice !== 'own' ? jsonOf({ base: choice }) : rules,
});

/** What is sent; the server judges the rules themselves. @returns what is wrong with the JSON, in English, if it is none */
export function layoutOf({ choice, rules }: LayoutDraft): { layout: Layout } | { problem: string } {
  if (choice !== 'own') return { layout: choice };
  try {
    const parsed: unknown = JSON.parse(rules);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return { layout: parsed as LayoutRules };
    return { problem: 'must be an object, such as {"base": "columns"}' };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

const jsonOf = (rules: LayoutRules): string => JSON.stringify(rules, null, 2);
