import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, Settings } from '#contract/settings.ts';
import { aStatus } from '../testing/manual-bridge.ts';
import { loudnessOf, silenceReasonOf } from './silence-reason.ts';

/** Half past ten in the evening at the store, which is in Tbilisi. */
const NOW = Date.parse('2026-11-21T18:30:00Z');
const NIGHT = { from: '22:00', to: '06:00' };
const DAY = { from: '09:00', to: '17:00' };

test.each([
  ['as it comes', {}, null, null],
  ['the volume at 0', { volume: 0 }, null, 'volume'],
  ['muted for a while', {}, NOW + 1, 'muted'],
  ['no longer muted', {}, NOW, null],
  ['within quiet hours', { quietHours: NIGHT }, null, 'quiet'],
  ['outside of them', { quietHours: DAY }, null, null],
  ['switched off', { sounds: { new: { on: false } } }, null, 'off'],
  ['turned down all the way', { sounds: { new: { volume: 0 } } }, null, 'off'],
  ['another sound switched off', { sounds: { late: { on: false } } }, null, null],
  ['all of it', { volume: 0, quietHours: NIGHT, sounds: { new: { on: false } } }, NOW + 1, 'volume'],
  ['all but the volume', { quietHours: NIGHT, sounds: { new: { on: false } } }, NOW + 1, 'muted'],
] as const)('%s', (_, settings, mutedUntil, expected) => {
  const status = aStatus({ settings: Settings.parse(settings), mutedUntil });
  expect(silenceReasonOf(status, 'new', NOW)).toBe(expected);
  expect(loudnessOf(status, 'new', NOW)).toBe(expected === null ? (DEFAULT_SETTINGS.volume as number) : 0);
});

test('each sound has its own volume, under that of all', () => {
  const settings = Settings.parse({ volume: 0.5, sounds: { late: { volume: 0.5 } } });
  const status = aStatus({ settings });
  expect([loudnessOf(status, 'new', NOW), loudnessOf(status, 'late', NOW)]).toEqual([0.5, 0.25]);
});
