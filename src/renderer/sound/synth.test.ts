import { expect, test } from 'vitest';
import { SOUND_KINDS } from '#contract/setting-names.ts';
import { SOUNDS, type Tone } from './synth.ts';

/** What an ear keeps of a sound: its colour, its rhythm and the way its pitch goes. */
const shape = (tones: readonly Tone[]) =>
  tones.map(({ type, at, hz }, i) => [type, at, Math.sign(hz - (tones[i - 1]?.hz ?? hz))]);

test('one sound per meaning: no two have the same shape', () => {
  const shapes = SOUND_KINDS.map((kind) => JSON.stringify(shape(SOUNDS[kind])));
  expect(new Set(shapes).size).toBe(SOUND_KINDS.length);
});

test.each(SOUND_KINDS)('%s is short enough for the next one, and does not crackle', (kind) => {
  const tones = SOUNDS[kind];
  for (const { at, decay } of tones) expect(at + decay).toBeLessThanOrEqual(1.7);
  // A tone falls from its gain to a ten-thousandth of one while it lasts.
  const heard =
    (now: number) =>
    (sum: number, { at, decay, gain }: Tone) =>
      now < at || now > at + decay ? sum : sum + gain * (0.0001 / gain) ** ((now - at) / decay);
  for (const { at } of tones) expect(tones.reduce(heard(at), 0)).toBeLessThan(1);
});
