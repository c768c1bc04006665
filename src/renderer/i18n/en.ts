import { desktop } from './en/desktop.ts';
import { figures } from './en/figures.ts';
import { find } from './en/find.ts';
import { layouts } from './en/layouts.ts';
import { rail } from './en/rail.ts';
import { screen } from './en/screen.ts';
import { settings } from './en/settings.ts';
import { sounds } from './en/sounds.ts';

/**
 * Every word of the screen, a file per part of it. A key that counts ends in a plural category of the language (`_one`,
 * `_other` …) and is asked for without it. The other languages have the same keys, each with the categories of its own
 * grammar (languages.test.ts).
 */
export const en = { ...screen, ...rail, ...layouts, ...sounds, ...figures, ...find, ...settings, ...desktop };
