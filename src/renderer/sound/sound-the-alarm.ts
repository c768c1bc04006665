import type { Undo } from '#contract/bridge.ts';
import { shownLink } from '../view-store/shown-link.ts';
import type { View, ViewStore } from '../view-store/view-store.ts';
import type { SoundStore } from './sound-store.ts';

const RING_EVERY_MS = 3_000;

/**
 * Rings while any order is unseen (A1): derived from what the core says is so, each time, never from an event. Also when
 * the page has lost its core: the last thing it knew was an order that nobody had seen.
 */
export function soundTheAlarm(view: ViewStore, sound: SoundStore): Undo {
  let timer: ReturnType<typeof setInterval> | undefined;
  const ring = () => sound.ring(volumeOf(view.getState()));

  function follow(now: View, before: View): void {
    const active = now.status?.alarm.active === true;
    if (active && timer === undefined) {
      ring();
      timer = setInterval(ring, RING_EVERY_MS);
    } else if (!active && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
    if (isDown(now) && !isDown(before) && before.status !== null) sound.linkDown(volumeOf(now));
  }

  follow(view.getState(), view.getState());
  const undo = view.subscribe(follow);
  return () => {
    undo();
    clearInterval(timer);
  };
}

const volumeOf = (view: View): number => view.status?.settings.volume ?? 0;

function isDown(view: View): boolean {
  const { state } = shownLink(view);
  return state === 'offline' || state === 'stopped';
}
