import type { StoreApi } from 'zustand/vanilla';

/** Whether this screen can be heard: `blocked` until somebody taps (browsers), `failed` without a working output. */
export type SoundState = 'ready' | 'blocked' | 'failed';

export interface SoundStore extends StoreApi<SoundState> {
  /** Asks for sound; only from a person's tap or key does it help. */
  resume(): void;
  /** The new-order bell once, at `volume` 0 to 1. */
  ring(volume: number): void;
  /** Work for the bin: short, hard, falling, and like nothing else here. */
  conflict(volume: number): void;
  /** The link has gone: two low tones that nobody takes for an order. */
  linkDown(volume: number): void;
}
