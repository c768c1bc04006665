import type { SettingsPatch } from '#contract/settings.ts';

/** One picture: what is set, what is opened, how large. A new screen is one line in {@link PICTURES}. */
export interface Picture {
  name: string;
  size: Size;
  /** `live`: the scene on a display with its server; `offline`: then without; `first`: a display that nobody has set up. */
  stage: 'live' | 'offline' | 'first';
  settings?: SettingsPatch;
  /** Marks that are tapped one after the other before the picture is taken. */
  open?: readonly string[];
  /** In docs/screenshots. */
  shown?: true;
}
interface Size {
  width: number;
  height: number;
}

const SIZES: Record<string, Size> = {
  '800x480': { width: 800, height: 480 },
  '1280x800': { width: 1280, height: 800 },
  '1920x1080': { width: 1920, height: 1080 },
  '3840x2160': { width: 3840, height: 2160 },
};
const ORDINARY = '1280x800';
const size = (name: string): Size => SIZES[name] as Size;

const STATIONS: SettingsPatch['stations'] = [
  { id: 'oven', name: 'Oven', stations: [], names: ['khachapuri', 'lobiani', 'pizza', 'mchadi', 'lobio'] },
  { id: 'grill', name: 'Grill', stations: [], names: ['mtsvadi', 'ojakhuri', 'chakapuli', 'khinkali'] },
];
const SCREENS: Record<string, SettingsPatch> = {
  board: {},
  grid: { layout: 'grid' },
  compact: { layout: 'grid', density: 'compact', ticketsPerPage: 24 },
  station: { screen: 'station', stationId: 'grill' },
  expo: { screen: 'expo', expoHold: true },
};
const THEMES = ['dark', 'light', 'contrast'] as const;
const SHOWN = new Set([
  'board-1280x800-dark',
  'board-1280x800-light',
  'board-1920x1080-dark',
  'board-1920x1080-light',
  'board-800x480-dark',
  'board-800x480-light',
  'grid-1280x800-dark',
  'expo-1280x800-light',
  'station-800x480-dark',
  'board-1280x800-contrast',
]);

/** Everything is named, so that no picture depends on the one before it. */
const PLAIN: SettingsPatch = {
  theme: 'dark',
  language: 'en',
  layout: 'columns',
  density: 'comfortable',
  ticketsPerPage: 12,
  screen: 'all',
  stations: STATIONS,
  stationId: null,
  expoHold: false,
};

const boards = Object.entries(SCREENS).flatMap(([screen, settings]) =>
  Object.keys(SIZES).flatMap((at) =>
    THEMES.map((theme): Picture => {
      const name = `${screen}-${at}-${theme}`;
      const picture = { name, size: size(at), stage: 'live' as const, settings: { ...PLAIN, ...settings, theme } };
      return SHOWN.has(name) ? { ...picture, shown: true } : picture;
    }),
  ),
);

const PANELS = [
  'open-all-day',
  'open-search',
  'open-recall',
  'open-waiting',
  'open-figures',
  'ticket-more',
  'settings',
];
const panels = PANELS.flatMap((mark) =>
  (['dark', 'light'] as const).map(
    (theme): Picture => ({
      name: `panel-${mark.replace('open-', '')}-${theme}`,
      size: size(ORDINARY),
      stage: 'live',
      settings: { ...PLAIN, theme },
      open: [mark],
    }),
  ),
);

const languages = (['ar', 'th', 'ru', 'ka', 'es'] as const).flatMap((language) =>
  [ORDINARY, '800x480'].map(
    (at): Picture => ({
      name: `board-${at}-${language}`,
      size: size(at),
      stage: 'live',
      settings: { ...PLAIN, language },
    }),
  ),
);

export const PICTURES: readonly Picture[] = [
  ...boards,
  ...panels,
  ...languages,
  { name: 'offline', size: size(ORDINARY), stage: 'offline', settings: PLAIN, shown: true },
  { name: 'offline-ar', size: size(ORDINARY), stage: 'offline', settings: { ...PLAIN, language: 'ar' } },
  { name: 'first-run', size: size(ORDINARY), stage: 'first', shown: true },
  { name: 'first-run-800x480', size: size('800x480'), stage: 'first' },
];
