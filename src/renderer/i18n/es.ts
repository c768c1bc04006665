import { desktop } from './es/desktop.ts';
import { figures } from './es/figures.ts';
import { find } from './es/find.ts';
import { layouts } from './es/layouts.ts';
import { rail } from './es/rail.ts';
import { screen } from './es/screen.ts';
import { settings } from './es/settings.ts';
import { sounds } from './es/sounds.ts';

export const es = { ...screen, ...rail, ...layouts, ...sounds, ...figures, ...find, ...settings, ...desktop };
