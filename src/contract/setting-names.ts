/** The choices behind some settings, without schemas: a page may import this without zod. */

export const LANGUAGES = ['en', 'th', 'ru', 'ka', 'es', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];
/** The direction in which a language is written. */
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** One sound per meaning. */
export const SOUND_KINDS = ['new', 'accepted', 'changed', 'cancelled', 'ready', 'late', 'link'] as const;
export type SoundKind = (typeof SOUND_KINDS)[number];

/** The colours that modifiers can have. */
export const MODIFIER_COLOURS = ['red', 'orange', 'green', 'blue', 'violet'] as const;
export type ModifierColour = (typeof MODIFIER_COLOURS)[number];

/** The paper of a screen's printer: 80 or 58 mm wide by heat, or an impact printer's. */
export const PRINTER_PAPERS = ['80mm', '58mm', 'impact'] as const;
/** When a screen's printer prints an order by itself (ADR 54). */
export const SCREEN_OCCASIONS = ['accepted', 'ready'] as const;
export type ScreenOccasion = (typeof SCREEN_OCCASIONS)[number];

/** The actions of keys. */
export const KEY_ACTIONS = [
  'bump',
  'recall',
  'undo',
  'priority',
  'summary',
  'seen',
  'more',
  'up',
  'down',
  'left',
  'right',
  'first',
  'last',
  'page_next',
  'page_back',
  'search',
  'leave',
] as const;
export type KeyAction = (typeof KEY_ACTIONS)[number];
