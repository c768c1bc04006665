import type { SettingsPatch } from '#contract/settings.ts';

/** One picture: its settings, what it opens, its size. A new screen is one line in {@link PICTURES}. */
export interface Picture {
  name: string;
  size: Size;
  /** `live`: the scene with a server; `offline`: the same after the server stopped; `first`: a display that is not set up. */
  stage: 'live' | 'offline' | 'first';
  settings?: SettingsPatch;
  /** Marks to tap in turn before the picture is taken. */
  open?: readonly string[];
  /** In docs/screenshots. */
  shown?: boolean;
}
interface Size {
  width: number;
  height: number;
}

const SMALL = { width: 800, height: 480 };
const ORDINARY = { width: 1280, height: 800 };
const LARGE = { width: 1920, height: 1080 };

const STATIONS: SettingsPatch['stations'] = [
  { id: 'oven', name: 'Oven', stations: [], names: ['khachapuri', 'lobiani', 'pizza', 'mchadi', 'lobio'] },
  { id: 'grill', name: 'Grill', stations: [], names: ['mtsvadi', 'ojakhuri', 'chakapuli', 'khinkali'] },
];
/** All values are explicit, so that no picture depends on the one before it. */
const PLAIN: SettingsPatch = {
  theme: 'dark',
  language: 'en',
  layout: 'grid',
  density: 'comfortable',
  screen: 'all',
  stations: STATIONS,
  stationId: null,
  expoHold: false,
};

const live = (screen: string, size: Size, settings: SettingsPatch, look: string): Picture => ({
  name: `${screen}-${size.width}x${size.height}-${look}`,
  size,
  stage: 'live',
  settings: { ...PLAIN, ...settings },
  shown: true,
});
const board = (size: Size, theme: 'dark' | 'light' | 'contrast') => live('board', size, { theme }, theme);

const PANELS = [
  'open-all-day',
  'open-search',
  'open-recall',
  'open-waiting',
  'open-figures',
  'open-availability',
  'ticket-more',
  'settings',
];
const panels = PANELS.flatMap((mark) =>
  (['dark', 'light'] as const).map(
    (theme): Picture => ({
      name: `panel-${mark.replace('open-', '')}-${theme}`,
      size: ORDINARY,
      stage: 'live',
      settings: { ...PLAIN, theme },
      open: [mark],
    }),
  ),
);
const languages = (['ar', 'th', 'ru', 'ka', 'es'] as const).flatMap((language) =>
  [ORDINARY, SMALL].map((size): Picture => ({ ...live('board', size, { language }, language), shown: false })),
);

export const PICTURES: readonly Picture[] = [
  ...[SMALL, ORDINARY, LARGE].flatMap((size) => [board(size, 'dark'), board(size, 'light')]),
  board(ORDINARY, 'contrast'),
  live('columns', ORDINARY, { layout: 'columns' }, 'dark'),
  live('expo', ORDINARY, { screen: 'expo', expoHold: true, theme: 'light' }, 'light'),
  live('station', SMALL, { screen: 'station', stationId: 'grill' }, 'dark'),
  { ...live('pass', ORDINARY, { screen: 'pass' }, 'dark'), shown: false },
  { ...live('pickup', LARGE, { screen: 'pickup' }, 'dark'), shown: false },
  ...panels,
  ...languages,
  { name: 'offline', size: ORDINARY, stage: 'offline', settings: PLAIN, shown: true },
  { name: 'offline-ar', size: ORDINARY, stage: 'offline', settings: { ...PLAIN, language: 'ar' } },
  { name: 'first-run', size: ORDINARY, stage: 'first', shown: true },
];
