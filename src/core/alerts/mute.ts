import type { Clock } from '../ports.ts';

export interface MuteOptions {
  clock: Clock;
  /** Server time, ms. */
  now(): number;
  onChange(): void;
}

export type Mute = ReturnType<typeof createMute>;

/** Mutes the display for a while. In memory only: after a restart it rings (A1). */
export function createMute({ clock, now, onChange }: MuteOptions) {
  let muted: { until: number; end: () => void } | null = null;
  return {
    /** Server time, ms; null: not muted. */
    until: (): number | null => muted?.until ?? null,
    /** 0 ends it. */
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
