import { desktop } from './ru/desktop.ts';
import { figures } from './ru/figures.ts';
import { find } from './ru/find.ts';
import { layouts } from './ru/layouts.ts';
import { rail } from './ru/rail.ts';
import { screen } from './ru/screen.ts';
import { settings } from './ru/settings.ts';
import { sounds } from './ru/sounds.ts';

export const ru = { ...screen, ...rail, ...layouts, ...sounds, ...figures, ...find, ...settings, ...desktop };
