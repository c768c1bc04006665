import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { isHeld } from './is-held.ts';

test.each([
  [false, false, false, false],
  [false, false, true, false],
  [false, true, false, false],
  [false, true, true, false],
  [true, false, false, false],
  [true, false, true, false],
  [true, true, false, true],
  [true, true, true, false],
])('kiosk %s, PIN set %s, given %s: held %s', (kiosk, set, unlocked, held) => {
  const settings = { ...DEFAULT_SETTINGS, desktop: { ...DEFAULT_SETTINGS.desktop, kiosk } };
  expect(isHeld({ settings, pin: { set, unlocked } })).toBe(held);
});
