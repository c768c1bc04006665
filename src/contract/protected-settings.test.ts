import { expect, it } from 'vitest';
import { isProtected, protectedChanges } from './protected-settings.ts';
import { DEFAULT_SETTINGS, type SettingsPatch } from './settings.ts';

const { desktop } = DEFAULT_SETTINGS;

it.each<[string, SettingsPatch, string[]]>([
  ['the theme is not protected', { theme: 'light', volume: 0, language: 'ka' }, []],
  ['the stations are protected', { screen: 'expo', stations: [] }, ['screen']],
  ['the same value again changes nothing', { pollSeconds: DEFAULT_SETTINGS.pollSeconds }, []],
  ['only some desktop settings are protected', { desktop: { ...desktop, keepAwake: 'never' } }, []],
  ['leaving kiosk mode is protected', { desktop: { ...desktop, kiosk: true } }, ['desktop.kiosk']],
])('%s', (_, patch, kept) => {
  expect(protectedChanges(DEFAULT_SETTINGS, patch)).toEqual(kept);
});

it('includes the parts of protected settings', () => {
  expect(['ages', 'ages.pickup', 'desktop.kiosk', 'desktop', 'theme', 'screenshot'].map(isProtected)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
