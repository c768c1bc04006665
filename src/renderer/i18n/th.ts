import { desktop } from './th/desktop.ts';
import { figures } from './th/figures.ts';
import { find } from './th/find.ts';
import { layouts } from './th/layouts.ts';
import { rail } from './th/rail.ts';
import { screen } from './th/screen.ts';
import { settings } from './th/settings.ts';
import { sounds } from './th/sounds.ts';

export const th = { ...screen, ...rail, ...layouts, ...sounds, ...figures, ...find, ...settings, ...desktop };
