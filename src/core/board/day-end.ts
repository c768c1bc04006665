import type { Settings } from '#contract/settings.ts';
import type { QueueStore } from '../stores.ts';
import { lastTimeOfDay } from './carried-over.ts';

/** A kept time may be this much later than the present, ms: estimates of the server's time differ a little. */
const TOLERANCE_MS = 60_000;

interface Kept {
  /** The setting, and the moment up to which it has been applied. */
  time: string;
  seenTo: number;
  /** Carried-over orders from before this are off the screen; null: none. */
  before: number | null;
  /** A person has dismissed the message. */
  told: boolean;
}

export interface DayEndOptions {
  store: Pick<QueueStore, 'note' | 'setNote'>;
  settings(): Pick<Settings, 'endOfDay'>;
  timeZone(): string | null;
  /** Server time, ms. */
  now(): number;
  /** `moved`: `before` changed. */
  onChange(moved: boolean): void;
}

export type DayEnd = ReturnType<typeof createDayEnd>;

/** At the end of the day, or at the next start, carried-over orders leave this screen. Only a time is stored; orders stay as they are. */
export function createDayEnd({ store, settings, timeZone, now, onChange }: DayEndOptions) {
  let kept = readable(store.note('day_end'));

  function keep(next: Kept | null): void {
    store.setNote('day_end', next);
    const moved = next?.before !== kept?.before;
    kept = next;
    onChange(moved);
  }

  /** The server's clock ran ahead when the time was kept; it counts for nothing. */
  const isFalse = (at: number): boolean => at > now() + TOLERANCE_MS;

  return {
    before: (): number | null => (kept === null || kept.before === null || isFalse(kept.before) ? null : kept.before),
    dismissed: (): boolean => kept?.told ?? true,
    /** Checks whether a day has ended. Throws `StorageError`; the next check tries again. */
    check(): void {
      const time = settings().endOfDay;
      const zone = timeZone();
      if (time === null) {
        if (kept) keep(null);
        return;
      }
      if (zone === null) return;
      // A new setting does not reach back: today is the first day to end.
      const ended = lastTimeOfDay(time, zone, now());
      if (kept?.time !== time) keep({ time, seenTo: now(), before: kept?.before ?? null, told: true });
      else if (kept.before !== null && isFalse(kept.before)) keep({ time, seenTo: ended, before: null, told: true });
      else if (isFalse(kept.seenTo)) keep({ ...kept, seenTo: ended });
      else if (ended > kept.seenTo) keep({ time, seenTo: ended, before: ended, told: false });
    },
    /** Shows everything again, until the next end of day. */
    show(): void {
      if (kept) keep({ ...kept, before: null, told: true });
    },
    dismiss(): void {
      if (kept) keep({ ...kept, told: true });
    },
  };
}

function readable(note: unknown): Kept | null {
  const { time, seenTo, before, told } = (note ?? {}) as Partial<Record<string, unknown>>;
  if (typeof time !== 'string' || typeof seenTo !== 'number' || typeof told !== 'boolean') return null;
  return { time, seenTo, before: typeof before === 'number' ? before : null, told };
}
