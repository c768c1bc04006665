import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { themesByPreference } from './themes-by-preference.ts';

const TOKENS = join(import.meta.dirname, '../../src/renderer/styles/tokens.css');

it('the display’s colours follow what the device prefers, dark without a preference', () => {
  const css = themesByPreference(readFileSync(TOKENS, 'utf8'));
  expect(css).toMatch(/@media \(prefers-color-scheme: light\) \{ :root \{\s+color-scheme: light;/);
  expect(css).toMatch(/@media \(prefers-contrast: more\) \{ :root \{\s+color-scheme: dark;/);
  expect(css).not.toContain('data-theme="light"');
  expect(css.indexOf('color-scheme: dark')).toBeLessThan(css.indexOf('@media'));
});

it('tokens without a theme stop the build instead of losing it', () => {
  expect(() => themesByPreference(':root { --ink: #000000 }')).toThrow('the tokens have no theme');
});
