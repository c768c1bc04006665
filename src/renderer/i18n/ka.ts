import { desktop } from './ka/desktop.ts';
import { figures } from './ka/figures.ts';
import { find } from './ka/find.ts';
import { layouts } from './ka/layouts.ts';
import { rail } from './ka/rail.ts';
import { screen } from './ka/screen.ts';
import { settings } from './ka/settings.ts';
import { sounds } from './ka/sounds.ts';

export const ka = { ...screen, ...rail, ...layouts, ...sounds, ...figures, ...find, ...settings, ...desktop };
