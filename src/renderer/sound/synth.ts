import type { SoundKind } from '#contract/setting-names.ts';

/** Synthesised sounds. Frequencies in Hz, times in seconds. */

export interface Tone {
  hz: number;
  at: number;
  /** At full volume. Simultaneous gains add up to less than 1: above that a loudspeaker crackles. */
  gain: number;
  decay: number;
  type: OscillatorType;
}

const tones = (
  type: OscillatorType,
  gain: number,
  notes: readonly (readonly [hz: number, at: number, decay: number])[],
) => notes.map(([hz, at, decay]): Tone => ({ hz, at, gain, decay, type }));

/** A struck bell: inharmonic partials; the higher ones decay first. */
const BELL_PARTIALS = [
  { ratio: 1, gain: 0.42, decay: 1.3 },
  { ratio: 2.76, gain: 0.2, decay: 0.7 },
  { ratio: 5.4, gain: 0.1, decay: 0.35 },
] as const;
const bell = (hz: number, at: number): Tone[] =>
  BELL_PARTIALS.map(({ ratio, gain, decay }) => ({ hz: hz * ratio, at, gain, decay, type: 'sine' }));

/** One sound per meaning, distinguishable by shape without looking and with a hood running; none is longer than 1.7 s. */
export const SOUNDS: Record<SoundKind, readonly Tone[]> = {
  /** A rising chord of three strikes: bright, short, above the noise of a hood. */
  new: [...bell(880, 0), ...bell(1109, 0.18), ...bell(1320, 0.36)],
  /** One strike of a lower bell: an order came that is accepted already. */
  accepted: bell(587, 0),
  /** Up and down twice, wooden: look at it again. */
  changed: tones('triangle', 0.5, [
    [659, 0, 0.16],
    [880, 0.14, 0.16],
    [659, 0.42, 0.16],
    [880, 0.56, 0.22],
  ]),
  /** Three hard, falling strokes: stop what you are doing. */
  cancelled: tones('square', 0.3, [
    [740, 0, 0.22],
    [622, 0.16, 0.22],
    [494, 0.32, 0.22],
  ]),
  /** A doorbell: two soft falling tones, the second one long. */
  ready: tones('sine', 0.5, [
    [1047, 0, 0.5],
    [784, 0.3, 1],
  ]),
  /** Four quick strokes on one tone: time is up. */
  late: tones('square', 0.25, [
    [988, 0, 0.09],
    [988, 0.13, 0.09],
    [988, 0.26, 0.09],
    [988, 0.39, 0.09],
  ]),
  /** Two low falling tones, which nobody mistakes for an order. */
  link: tones('triangle', 0.4, [
    [294, 0, 0.45],
    [196, 0.35, 0.8],
  ]),
};

/** Plays a sound once; `volume` 0 to 1. */
export function playSound(context: AudioContext, kind: SoundKind, volume: number): void {
  for (const tone of SOUNDS[kind]) play(context, { ...tone, gain: tone.gain * volume });
}

function play(context: AudioContext, { hz, at, gain, decay, type }: Tone): void {
  const start = context.currentTime + 0.02 + at;
  const oscillator = new OscillatorNode(context, { frequency: hz, type });
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(gain, start + 0.008);
  // An exponential ramp must not end at 0.
  envelope.gain.exponentialRampToValueAtTime(0.0001, start + decay);
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + decay);
}
