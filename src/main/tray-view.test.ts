import { describe, expect, it, test } from 'vitest';
import type { DisplayStatus } from '#contract/display-status.ts';
import { LINK_STATES } from '#contract/link.ts';
import { LINK_WORDS } from '#contract/link-words.ts';
import { LANGUAGES } from '#contract/setting-names.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { trayView } from './tray-view.ts';
import type { ShellWords } from './words/en.ts';
import { WORDS } from './words.ts';

/** 10:03 UTC is 14:03 in the shop. */
const LAST_WORD = Date.parse('2026-11-21T10:03:20.000Z');
const status = (over: Partial<DisplayStatus> = {}): DisplayStatus => ({
  setup: 'done',
  serverUrl: 'http://server',
  deviceName: 'Pass',
  store: { id: 'main', name: 'Main', currency: 'GEL', timeZone: 'Asia/Tbilisi' },
  link: { state: 'live', since: 0, cause: null, lastWordAt: LAST_WORD },
  serverNow: LAST_WORD,
  queueCount: 0,
  queueSince: null,
  failedCommands: [],
  failedCommandCount: 0,
  troubles: [],
  alarm: { active: false, orderIds: [] },
  mutedUntil: null,
  desktop: null,
  stats: null,
  settings: DEFAULT_SETTINGS,
  stations: { from: 'screen', list: [] },
  pin: { set: false, unlocked: true },
  clockAheadMs: 0,
  carriedOver: null,
  printers: [],
  till: null,
  availability: null,
  ...over,
});

it('shows the state, the last update in the shop’s time, and waiting taps', () => {
  expect(trayView(status()).tooltip).toBe('Ticketrail\nLive, last update 14:03\nNew orders: 0');
  const busy = status({ queueCount: 2, alarm: { active: true, orderIds: ['a', 'b', 'c'] } });
  expect(trayView(busy)).toMatchObject({
    summary: 'alarm',
    tooltip: 'Ticketrail\nLive, last update 14:03\nNew orders: 3\nTaps waiting to be sent: 2',
    canAcknowledge: true,
    canRefresh: true,
  });
});

it('shows no update before the first, and disables entries that cannot work', () => {
  const link = { state: 'unknown', since: 0, cause: null, lastWordAt: null } as const;
  expect(trayView(status({ link })).lines[0]).toBe('Starting');
  expect(trayView(status({ setup: 'needed', link }))).toMatchObject({
    lines: ['Not set up yet', 'New orders: 0'],
    canRefresh: false,
    canAcknowledge: false,
  });
  expect(trayView(status({ link: { ...link, state: 'stopped' } })).canRefresh).toBe(false);
});

it('offers a mute of ten minutes, or shows until when it is muted and offers to unmute', () => {
  expect(trayView(status())).toMatchObject({ labels: { mute: 'Mute for 10 minutes' }, muteMinutes: 10 });
  expect(trayView(status({ mutedUntil: LAST_WORD }))).toMatchObject({
    labels: { mute: 'Muted until 14:03: turn sound on' },
    muteMinutes: 0,
  });
});

it('cannot quit a locked kiosk', () => {
  const settings = { ...DEFAULT_SETTINGS, desktop: { ...DEFAULT_SETTINGS.desktop, kiosk: true } };
  expect(trayView(status({ settings, pin: { set: true, unlocked: false } })).canQuit).toBe(false);
  expect(trayView(status({ settings, pin: { set: true, unlocked: true } })).canQuit).toBe(true);
});

describe('in every language', () => {
  test.each(LANGUAGES)('%s: each state has a text, and its tooltip fits on Windows', (language) => {
    for (const state of LINK_STATES) {
      const { tooltip } = trayView(
        status({
          link: { state, since: 0, cause: null, lastWordAt: LAST_WORD },
          queueCount: 1_000,
          alarm: { active: true, orderIds: Array.from({ length: 1_000 }, String) },
          settings: { ...DEFAULT_SETTINGS, language },
        }),
      );
      expect(tooltip.length).toBeLessThan(127);
      expect(tooltip).toContain(LINK_WORDS[language][`link.${state}`]);
    }
  });

  test.each(LANGUAGES.filter((language) => language !== 'en'))('%s: no text is in English', (language) => {
    const texts = (words: ShellWords): string[] => [
      ...[words.open, words.seenAll, words.refresh, words.mute, words.unmute('x'), words.settings, words.quit],
      ...[words.waiting(1), words.lastUpdate('x'), words.setUp, words.linkLost, words.linkLostDo],
      ...[words.seen, words.start, ...Object.values(words.menu)],
      ...Object.values(words.alert).flatMap(({ one, more }) => [one('1'), more(2)]),
    ];
    const english = texts(WORDS.en);
    expect(texts(WORDS[language]).filter((word, at) => word === english[at])).toEqual([]);
  });
});
