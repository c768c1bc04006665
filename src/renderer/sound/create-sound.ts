import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SoundKind } from '#contract/setting-names.ts';
import { playSound } from './synth.ts';
import { createVoice, type Voice } from './voice.ts';

/** A running context whose clock stands still for this long has no output that works. */
const STALLED_AFTER_MS = 4_000;
/** What was asked for longer ago than this, when sound was not on yet, is not played any more. */
const STALE_MS = 500;

/**
 * The page's voice. A browser keeps it suspended until somebody taps or types, so any tap and any key asks for it; the
 * state is measured (is the audio clock running?), never assumed.
 */
export function createSound(page: Pick<Window, 'addEventListener' | 'speechSynthesis'>): SoundStore {
  const store = createStore<SoundState>(() => 'blocked');
  const context = openContext();
  let seen = { clock: -1, at: 0 };

  function look(): void {
    const state = context ? judge(context) : 'failed';
    if (store.getState() !== state) store.setState(state, true);
  }

  function judge({ state, currentTime }: AudioContext): SoundState {
    if (state === 'closed') return 'failed';
    if (state !== 'running') return 'blocked';
    const at = performance.now();
    if (currentTime !== seen.clock) seen = { clock: currentTime, at };
    return at - seen.at > STALLED_AFTER_MS ? 'failed' : 'ready';
  }

  async function resume(): Promise<void> {
    if (context?.state !== 'suspended') return;
    // It may be refused, and then the state says so.
    await context.resume().catch(() => {});
    look();
  }

  async function play(kind: SoundKind, volume: number): Promise<void> {
    const asked = performance.now();
    if (context?.state === 'suspended') await resume();
    if (context?.state !== 'running' || volume <= 0 || performance.now() - asked > STALE_MS) return;
    playSound(context, kind, volume);
  }

  // After the tap, not at its beginning: the strip that says "silent" goes, and must not move what is being tapped.
  page.addEventListener('click', () => void resume());
  page.addEventListener('keyup', () => void resume());
  if (context) context.onstatechange = look;
  setInterval(look, 1_000);
  look();
  return Object.assign(store, {
    resume: () => void resume(),
    play: (kind: SoundKind, volume: number) => void play(kind, volume),
    voice: createVoice(page.speechSynthesis),
  });
}

function openContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}

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
