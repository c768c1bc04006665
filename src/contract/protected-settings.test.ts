import { expect, it } from 'vitest';
import { isProtected, protectedChanges } from './protected-settings.ts';
import { DEFAULT_SETTINGS, type SettingsPatch } from './settings.ts';

const { desktop } = DEFAULT_SETTINGS;

it.each<[string, SettingsPatch, string[]]>([
  ['the theme is free', { theme: 'light', volume: 0, language: 'ka' }, []],
  ['the stations are not', { screen: 'expo', stations: [] }, ['screen']],
  ['the same value again changes nothing', { pollSeconds: DEFAULT_SETTINGS.pollSeconds }, []],
  ['of the desktop’s settings only some are kept', { desktop: { ...desktop, keepAwake: 'never' } }, []],
  ['a way out of the kiosk is kept', { desktop: { ...desktop, kiosk: true } }, ['desktop.kiosk']],
])('%s', (_, patch, kept) => {
  expect(protectedChanges(DEFAULT_SETTINGS, patch)).toEqual(kept);
});

it('knows the parts of what is protected', () => {
  expect(['ages', 'ages.pickup', 'desktop.kiosk', 'desktop', 'theme', 'screenshot'].map(isProtected)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
