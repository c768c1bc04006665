import { expect, test } from 'vitest';
import { Settings } from '#contract/settings.ts';
import { aStatus, INSTALLED } from '../testing/manual-bridge.ts';
import { shouldStayAwake } from './should-stay-awake.ts';

/** Half past ten in the evening at the store, which is in Tbilisi. */
const NOW = Date.parse('2026-11-21T18:30:00Z');
const hours = (from: string, to: string) => ({ keepAwake: 'hours', keepAwakeHours: { from, to } }) as const;

test.each([
  ['as it comes', {}, true],
  ['never', { keepAwake: 'never' }, false],
  ['within its hours, by the store’s clock', hours('22:00', '23:00'), true],
  ['outside of them', hours('08:00', '22:00'), false],
] as const)('%s; in the installed app never by the page', (_, desktop, expected) => {
  const settings = Settings.parse({ desktop });
  expect(shouldStayAwake(aStatus({ settings }), NOW)).toBe(expected);
  expect(shouldStayAwake(aStatus({ settings, desktop: INSTALLED }), NOW)).toBe(false);
});
