import { expect, test } from 'vitest';
import { SOUND_KINDS } from '#contract/setting-names.ts';
import { SOUNDS, type Tone } from './synth.ts';

/** What an ear remembers of a sound: its timbre, its rhythm and the direction of its pitch. */
const shape = (tones: readonly Tone[]) =>
  tones.map(({ type, at, hz }, i) => [type, at, Math.sign(hz - (tones[i - 1]?.hz ?? hz))]);

test('no two sounds have the same shape', () => {
  const shapes = SOUND_KINDS.map((kind) => JSON.stringify(shape(SOUNDS[kind])));
  expect(new Set(shapes).size).toBe(SOUND_KINDS.length);
});

test.each(SOUND_KINDS)('%s ends before the next one, and does not crackle', (kind) => {
  const tones = SOUNDS[kind];
  for (const { at, decay } of tones) expect(at + decay).toBeLessThanOrEqual(1.7);
  // Over its length, a tone decays from its gain to a ten-thousandth.
  const levelAt =
    (now: number) =>
    (sum: number, { at, decay, gain }: Tone) =>
      now < at || now > at + decay ? sum : sum + gain * (0.0001 / gain) ** ((now - at) / decay);
  for (const { at } of tones) expect(tones.reduce(levelAt(at), 0)).toBeLessThan(1);
});
