/** Sounds of our own, made while they play. Frequencies in Hz, times in seconds. */

/**
 * A struck bell: partials that are not multiples of one another, the higher ones dying first. With what still rings of the
 * strikes before, the gains stay under 1, above which a loudspeaker only crackles.
 */
const BELL_PARTIALS = [
  { ratio: 1, gain: 0.42, decay: 1.3 },
  { ratio: 2.76, gain: 0.2, decay: 0.7 },
  { ratio: 5.4, gain: 0.1, decay: 0.35 },
] as const;
const BELL_HZ = 880;
const STRIKES = [
  { at: 0, pitch: 1 },
  { at: 0.18, pitch: 1.26 },
  { at: 0.36, pitch: 1.5 },
] as const;

/** A rising chord of three strikes: bright, short, and above the noise of a hood. */
export function playBell(context: AudioContext, volume: number): void {
  for (const { at, pitch } of STRIKES)
    for (const { ratio, gain, decay } of BELL_PARTIALS)
      tone(context, { hz: BELL_HZ * pitch * ratio, at, gain: gain * volume, decay, type: 'sine' });
}

/** Two low tones going down. */
export function playLinkDown(context: AudioContext, volume: number): void {
  tone(context, { hz: 294, at: 0, gain: 0.4 * volume, decay: 0.45, type: 'triangle' });
  tone(context, { hz: 196, at: 0.35, gain: 0.4 * volume, decay: 0.8, type: 'triangle' });
}

/** Three hard falling blows: stop what you are doing. */
export function playConflict(context: AudioContext, volume: number): void {
  for (const [i, hz] of [740, 622, 494].entries())
    tone(context, { hz, at: i * 0.16, gain: 0.3 * volume, decay: 0.22, type: 'square' });
}

interface Tone {
  hz: number;
  at: number;
  gain: number;
  decay: number;
  type: OscillatorType;
}

function tone(context: AudioContext, { hz, at, gain, decay, type }: Tone): void {
  const start = context.currentTime + 0.02 + at;
  const oscillator = new OscillatorNode(context, { frequency: hz, type });
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(gain, start + 0.008);
  // A ramp to exactly 0 is not allowed to be exponential.
  envelope.gain.exponentialRampToValueAtTime(0.0001, start + decay);
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + decay);
}
