const THEMES = [
  ['[data-theme="light"]', '(prefers-color-scheme: light)'],
  ['[data-theme="contrast"]', '(prefers-contrast: more)'],
] as const;

/**
 * The display's tokens for a page without a setting of its theme: light and high contrast as the device prefers, else dark.
 *
 * @throws when the tokens no longer have these themes
 */
export function themesByPreference(css: string): string {
  return THEMES.reduce((all, [selector, preference]) => {
    const from = all.indexOf(`${selector} {`);
    const to = all.indexOf('}', from);
    if (from < 0 || to < 0) throw new Error(`the tokens have no theme ${selector}`);
    const rules = all.slice(from + selector.length + 1, to + 1);
    return `${all.slice(0, from)}@media ${preference} { :root ${rules} }${all.slice(to + 1)}`;
  }, css);
}
