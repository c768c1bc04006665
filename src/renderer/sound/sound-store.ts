import type { StoreApi } from 'zustand/vanilla';
import type { SoundKind } from '#contract/setting-names.ts';
import type { Voice } from './voice.ts';

/** Whether this screen can be heard: `blocked` until somebody taps (browsers), `failed` without a working output. */
export type SoundState = 'ready' | 'blocked' | 'failed';

export interface SoundStore extends StoreApi<SoundState> {
  /** Asks for sound; only from a person's tap or key does it help. */
  resume(): void;
  /** Plays a sound once, whatever is set: at `volume` 0 to 1. For a test button, from a tap, sound is turned on first. */
  play(kind: SoundKind, volume: number): void;
  /** The machine's voice, if it has one. */
  voice: Voice;
}
