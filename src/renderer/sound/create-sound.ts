import { createStore } from 'zustand/vanilla';
import type { SoundState, SoundStore } from './sound-store.ts';
import { playBell, playConflict, playLinkDown } from './synth.ts';

/** A running context whose clock stands still for this long has no output that works. */
const STALLED_AFTER_MS = 4_000;

/**
 * The page's voice. A browser keeps it suspended until somebody taps or types, so any tap and any key asks for it; the
 * state is measured (is the audio clock running?), never assumed.
 */
export function createSound(page: Pick<Window, 'addEventListener'>): SoundStore {
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

  function resume(): void {
    // It may be refused, and then the state says so.
    if (context?.state === 'suspended') context.resume().then(look, look);
  }

  const play = (sound: typeof playBell) => (volume: number) => {
    resume();
    if (context?.state === 'running' && volume > 0) sound(context, volume);
  };

  // After the tap, not at its beginning: the strip that says "silent" goes, and must not move what is being tapped.
  page.addEventListener('click', resume);
  page.addEventListener('keyup', resume);
  if (context) context.onstatechange = look;
  setInterval(look, 1_000);
  look();
  return Object.assign(store, {
    resume,
    ring: play(playBell),
    conflict: play(playConflict),
    linkDown: play(playLinkDown),
  });
}

function openContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}
