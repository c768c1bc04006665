import { useSyncExternalStore } from 'react';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { SoundKind } from '#contract/setting-names.ts';
import { withinHours } from '#contract/within-hours.ts';
import { useScreen } from '../shared/screen.tsx';

/**
 * Why a sound is silent on purpose: volume 0, muted by a person, quiet hours, or this sound is off. The reason to undo first
 * comes first.
 */
export type SilenceReason = 'volume' | 'muted' | 'quiet' | 'off';

type SoundStatus = Pick<DisplayStatus, 'settings' | 'mutedUntil' | 'store'>;

/**
 * Why all sounds are silent, if they are.
 *
 * @param now server time, ms
 */
export function silenceOf({ settings, mutedUntil, store }: SoundStatus, now: number): SilenceReason | null {
  const { volume, quietHours } = settings;
  if (volume === 0) return 'volume';
  if (mutedUntil !== null && now < mutedUntil) return 'muted';
  // Nothing can ring before the store is known.
  return quietHours && store && withinHours(quietHours, now, store.timeZone) ? 'quiet' : null;
}

/** Why one sound is silent, if it is. */
export function silenceReasonOf(status: SoundStatus, kind: SoundKind, now: number): SilenceReason | null {
  const { on, volume } = status.settings.sounds[kind];
  return silenceOf(status, now) ?? (on && volume > 0 ? null : 'off');
}

/** How loud a sound is, 0 to 1. */
export function loudnessOf(status: SoundStatus, kind: SoundKind, now: number): number {
  const { volume, sounds } = status.settings;
  return silenceReasonOf(status, kind, now) === null ? volume * sounds[kind].volume : 0;
}

/** Why the bell for new orders is silent now. Also checked every second, because silence expires. */
export function useSilenceReason(): SilenceReason | null {
  const { view, ticker, now } = useScreen();
  const look = () => {
    const { status } = view.getState();
    return status && silenceReasonOf(status, 'new', now());
  };
  useSyncExternalStore(ticker.on, look);
  return useSyncExternalStore(view.subscribe, look);
}

/** How long a tap silences a display; the tray uses the same (docs/desktop.md). */
export const MUTE_MINUTES = 10;
