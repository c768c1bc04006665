import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SoundKind } from '#contract/setting-names.ts';
import { playSound } from './synth.ts';
import { createVibration, type Vibration } from './vibration.ts';
import { createVoice, type Voice } from './voice.ts';

/** If the clock of a running audio context stops for this long, it has no working output. */
const STALLED_AFTER_MS = 4_000;
/** A sound that waited longer than this for the context to start is dropped. */
const STALE_MS = 500;

/**
 * Sound output of the page. Browsers suspend it until a tap or a key, so every tap and key resumes it. The state is measured
 * by the audio clock, never assumed.
 */
export function createSound(page: Pick<Window, 'addEventListener' | 'speechSynthesis'>): SoundStore {
  const store = createStore<SoundState>(() => 'blocked');
  const context = openContext();
  let seen = { clock: -1, at: 0 };

  function look(): void {
    const state = context ? measure(context) : 'failed';
    if (store.getState() !== state) store.setState(state, true);
  }

  function measure({ state, currentTime }: AudioContext): SoundState {
    if (state === 'closed') return 'failed';
    if (state !== 'running') return 'blocked';
    const at = performance.now();
    if (currentTime !== seen.clock) seen = { clock: currentTime, at };
    return at - seen.at > STALLED_AFTER_MS ? 'failed' : 'ready';
  }

  async function resume(): Promise<void> {
    if (context?.state !== 'suspended') return;
    // The state shows a refusal.
    await context.resume().catch(() => {});
    look();
  }

  async function play(kind: SoundKind, volume: number): Promise<void> {
    const asked = performance.now();
    if (context?.state === 'suspended') await resume();
    if (context?.state !== 'running' || volume <= 0 || performance.now() - asked > STALE_MS) return;
    playSound(context, kind, volume);
  }

  // After the tap, because the "silent" banner disappears then and must not move the tapped ticket.
  page.addEventListener('click', () => void resume());
  page.addEventListener('keyup', () => void resume());
  if (context) context.onstatechange = look;
  setInterval(look, 1_000);
  look();
  return Object.assign(store, {
    resume: () => void resume(),
    play: (kind: SoundKind, volume: number) => void play(kind, volume),
    voice: createVoice(page.speechSynthesis),
    vibration: createVibration(),
  });
}

function openContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}

/** Whether sound works: `blocked` until a tap (browsers), `failed` without a working output. */
export type SoundState = 'ready' | 'blocked' | 'failed';

export interface SoundStore extends StoreApi<SoundState> {
  /** Unblocks sound; works only inside a tap or key event. */
  resume(): void;
  /** Plays a sound once at `volume` 0 to 1, whatever the settings. Resumes sound first, for test buttons. */
  play(kind: SoundKind, volume: number): void;
  /** The machine's voice, if it has one. */
  voice: Voice;
  vibration: Vibration;
}
