import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { isKioskLocked } from './is-kiosk-locked.ts';

test.each([
  [false, false, false, false],
  [false, false, true, false],
  [false, true, false, false],
  [false, true, true, false],
  [true, false, false, false],
  [true, false, true, false],
  [true, true, false, true],
  [true, true, true, false],
])('kiosk %s, PIN set %s, unlocked %s: locked %s', (kiosk, set, unlocked, locked) => {
  const settings = { ...DEFAULT_SETTINGS, desktop: { ...DEFAULT_SETTINGS.desktop, kiosk } };
  expect(isKioskLocked({ settings, pin: { set, unlocked } })).toBe(locked);
});
