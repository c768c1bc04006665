import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, Settings, SettingsPatch } from './settings.ts';

it('[section 7] has a default for everything: 5 and 10 minutes of age, a poll every 30 s, dark', () => {
  expect(DEFAULT_SETTINGS).toMatchObject({ theme: 'dark', pollSeconds: 30, layout: 'grid', language: 'en' });
  expect(DEFAULT_SETTINGS.ages.delivery).toEqual({ warningMinutes: 5, lateMinutes: 10 });
});

it('[L2] polls every 5 to 300 seconds', () => {
  const polls = (pollSeconds: number) => SettingsPatch.safeParse({ pollSeconds }).success;
  expect([4, 5, 300, 301, 7.5].map(polls)).toEqual([false, true, true, false, false]);
});

it('a patch changes only the named settings and adds no defaults', () => {
  expect(SettingsPatch.parse({ volume: 0 })).toEqual({ volume: 0 });
  expect(SettingsPatch.parse({})).toEqual({});
});

it('an unknown setting is refused', () => {
  expect(SettingsPatch.safeParse({ colour: 'blue' }).success).toBe(false);
});

it('settings stored by an older version get defaults for new ones', () => {
  expect(Settings.parse({ theme: 'light' })).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
});

it.each([
  [{ words: ['allergy'], colour: 'red' }, true],
  [{ words: ['allergy'], colour: 'pink' }, false],
  [{ words: [''], colour: 'red' }, false],
  [{ colour: 'red', bold: true }, false],
])('a colour of modifiers is one of a few, for words that are not empty: %o', (one, isValid) => {
  expect(SettingsPatch.safeParse({ modifierColours: [one] }).success).toBe(isValid);
});
