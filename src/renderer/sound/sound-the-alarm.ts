import type { Undo } from '#contract/bridge.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import { shownLink } from '../view-store/shown-link.ts';
import type { View, ViewStore } from '../view-store/view-store.ts';
import type { SoundStore } from './sound-store.ts';

const RING_EVERY_MS = 3_000;
/** Between two bells, so that both are heard. */
const CONFLICT_EVERY_MS = 4_500;

/**
 * Rings while any order is unseen (A1), and while work was done on a cancelled one that nobody has read of: derived from
 * what the core says is so, each time, never from an event. Also when the page has lost its core: the last thing it knew
 * was an order that nobody had seen.
 */
export function soundTheAlarm(view: ViewStore, sound: SoundStore): Undo {
  const volume = () => volumeOf(view.getState());
  const bell = repeated(RING_EVERY_MS, () => sound.ring(volume()));
  const conflict = repeated(CONFLICT_EVERY_MS, () => sound.conflict(volume()));

  function follow(now: View, before: View): void {
    bell(now.status?.alarm.active === true);
    conflict(now.status?.attention.some(preparedAfterCancel) === true);
    if (isDown(now) && !isDown(before) && before.status !== null) sound.linkDown(volumeOf(now));
  }

  follow(view.getState(), view.getState());
  const undo = view.subscribe(follow);
  return () => {
    undo();
    bell(false);
    conflict(false);
  };
}

/** Plays at once and then every so many ms for as long as it is told to. */
function repeated(ms: number, play: () => void): (active: boolean) => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  return (active) => {
    if (active && timer === undefined) {
      play();
      timer = setInterval(play, ms);
    } else if (!active && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const volumeOf = (view: View): number => view.status?.settings.volume ?? 0;

function isDown(view: View): boolean {
  const { state } = shownLink(view);
  return state === 'offline' || state === 'stopped';
}
