import type { Clock } from '../ports.ts';

export interface MuteOptions {
  clock: Clock;
  /** Server time, ms. */
  now(): number;
  onChange(): void;
}

export type Mute = ReturnType<typeof createMute>;

/** A display that a person has silenced for a while. In memory only: a program that starts again rings (A1). */
export function createMute({ clock, now, onChange }: MuteOptions) {
  let muted: { until: number; end: () => void } | null = null;
  return {
    /** Server time, ms; null: it rings. */
    until: (): number | null => muted?.until ?? null,
    /** Makes no sound for so many minutes; 0: rings again. */
    mute(minutes: number): void {
      muted?.end();
      const ms = minutes * 60_000;
      const end = (): void => {
        muted = null;
        onChange();
      };
      muted = ms > 0 ? { until: now() + ms, end: clock.after(ms, end) } : null;
      onChange();
    },
    stop: (): void => muted?.end(),
  };
}
