import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { differs, patchAt, patchBack, valueAt } from './setting-path.ts';

it('reads and writes a value deep inside, and leaves its neighbours', () => {
  expect(valueAt<number>(DEFAULT_SETTINGS, 'ages.pickup.lateMinutes')).toBe(10);
  const patch = patchAt(DEFAULT_SETTINGS, 'ages.pickup.lateMinutes', 15);
  expect(patch).toEqual({ ages: { ...DEFAULT_SETTINGS.ages, pickup: { warningMinutes: 5, lateMinutes: 15 } } });
});

it('resets several paths at once, including two of one branch, and nothing else', () => {
  const { sounds } = DEFAULT_SETTINGS;
  const loud = { on: false, volume: 0.2 };
  const settings = { ...DEFAULT_SETTINGS, sounds: { ...sounds, new: loud, late: loud } };
  const paths = ['sounds.new.on', 'sounds.new.volume'];
  expect(differs(settings, DEFAULT_SETTINGS, paths)).toBe(true);
  expect(patchBack(settings, DEFAULT_SETTINGS, paths)).toEqual({ sounds: { ...sounds, late: loud } });
  expect(differs(settings, DEFAULT_SETTINGS, ['sounds.link.on', 'theme'])).toBe(false);
});
