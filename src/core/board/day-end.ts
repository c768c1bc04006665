import type { Settings } from '#contract/settings.ts';
import type { QueueStore } from '../stores.ts';
import { lastTimeOfDay } from './carried-over.ts';

interface Kept {
  /** What was set, and the moment up to which it has been seen to. */
  time: string;
  seenTo: number;
  /** Left-overs from before this are off the screen; null: none are. */
  before: number | null;
  /** A person has read of it. */
  told: boolean;
}

export interface DayEndOptions {
  store: Pick<QueueStore, 'note' | 'setNote'>;
  settings(): Pick<Settings, 'endOfDay'>;
  timeZone(): string | null;
  /** Server time, ms. */
  now(): number;
  /** `moved`: another `before` holds. */
  onChange(moved: boolean): void;
}

export type DayEnd = ReturnType<typeof createDayEnd>;

/**
 * The end of the day: at the time that is set, or as soon as the program runs again, what is left over leaves this screen.
 * Only a time is kept; no order is touched, and no figure.
 */
export function createDayEnd({ store, settings, timeZone, now, onChange }: DayEndOptions) {
  let kept = readable(store.note('day_end'));

  function keep(next: Kept | null): void {
    store.setNote('day_end', next);
    const moved = next?.before !== kept?.before;
    kept = next;
    onChange(moved);
  }

  return {
    before: (): number | null => kept?.before ?? null,
    dismissed: (): boolean => kept?.told ?? true,
    /** Sees whether a day has ended. Throws `StorageError`; it is tried again at the next look. */
    check(): void {
      const time = settings().endOfDay;
      const zone = timeZone();
      if (time === null) {
        if (kept) keep(null);
        return;
      }
      if (zone === null) return;
      // What is set now does not reach back: the first day that ends is today's.
      const ended = lastTimeOfDay(time, zone, now());
      if (kept?.time !== time) keep({ time, seenTo: now(), before: kept?.before ?? null, told: true });
      else if (ended > kept.seenTo) keep({ time, seenTo: ended, before: ended, told: false });
    },
    /** Brings everything back, until the next day ends. */
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
