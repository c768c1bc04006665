import { desktop } from './ar/desktop.ts';
import { figures } from './ar/figures.ts';
import { find } from './ar/find.ts';
import { layouts } from './ar/layouts.ts';
import { rail } from './ar/rail.ts';
import { screen } from './ar/screen.ts';
import { settings } from './ar/settings.ts';
import { sounds } from './ar/sounds.ts';

export const ar = { ...screen, ...rail, ...layouts, ...sounds, ...figures, ...find, ...settings, ...desktop };
