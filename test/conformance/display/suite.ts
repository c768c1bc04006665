import type { DisplayCheck } from './check.ts';
import { DOWN } from './checks-down.ts';
import { LINK } from './checks-link.ts';
import { UP } from './checks-up.ts';

/** All that a display is held against, by group and name. */
export const DISPLAY_SUITE: Record<string, Record<string, DisplayCheck>> = {
  'Down: what the server has is what is shown': DOWN,
  'Up: a tap is never lost': UP,
  'The link and its words': LINK,
};
