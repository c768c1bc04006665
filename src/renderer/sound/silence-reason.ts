import { useSyncExternalStore } from 'react';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { SoundKind } from '#contract/setting-names.ts';
import { withinHours } from '#contract/within-hours.ts';
import { useScreen } from '../shared/screen.tsx';

/**
 * Why a sound is not to be heard, though it could be: the volume is 0, a person silenced this display, these are its quiet
 * hours, or this one sound is switched off. The gravest first: what has to be undone before the others matter.
 */
export type SilenceReason = 'volume' | 'muted' | 'quiet' | 'off';

type Heard = Pick<DisplayStatus, 'settings' | 'mutedUntil' | 'store'>;

/** @param now server time, ms */
export function silenceReasonOf(
  { settings, mutedUntil, store }: Heard,
  kind: SoundKind,
  now: number,
): SilenceReason | null {
  const { volume, sounds, quietHours } = settings;
  if (volume === 0) return 'volume';
  if (mutedUntil !== null && now < mutedUntil) return 'muted';
  // Before the store is known nothing comes that could ring.
  if (quietHours && store && withinHours(quietHours, now, store.timeZone)) return 'quiet';
  return sounds[kind].on && sounds[kind].volume > 0 ? null : 'off';
}

/** How loud a sound is, 0 to 1. */
export function loudnessOf(status: Heard, kind: SoundKind, now: number): number {
  const { volume, sounds } = status.settings;
  return silenceReasonOf(status, kind, now) === null ? volume * sounds[kind].volume : 0;
}

/** Why the bell for new orders is not to be heard now; looked at once a second as well, since silence ends by itself. */
export function useSilenceReason(): SilenceReason | null {
  const { view, ticker, now } = useScreen();
  const look = () => {
    const { status } = view.getState();
    return status && silenceReasonOf(status, 'new', now());
  };
  useSyncExternalStore(ticker.on, look);
  return useSyncExternalStore(view.subscribe, look);
}

/** How long a display is silenced at a tap: as from the tray (docs/desktop.md). */
export const MUTE_MINUTES = 10;
