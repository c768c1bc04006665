import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Availability, availableAt } from '#contract/availability.ts';
import { firstEnd } from './first-end.ts';

/** Least time between two rounds of reports, ms: each goes to every display of its store, and may be 128 KiB long. */
const REST_MS = 50;
/** Shorter than the longest that Node supports; after it, the timer is set again. */
const LONGEST_TIMER_MS = 24 * 3_600_000;

const BY_DEFAULT: Availability = {
  open: true,
  pausedUntil: null,
  busyUntil: null,
  preparationMinutes: null,
  unavailable: [],
};

interface Stored {
  /** Differs from the one before once the store's settings or what it takes are written. */
  stamp: string;
  /** As stored, also times that have passed. */
  availability: Availability;
}

export interface WatchParts {
  /** The stamp of every store. */
  stamps(): Promise<Map<string, string>>;
  /** undefined: there is no such store. */
  read(storeId: string): Promise<Stored | undefined>;
  /** Removes times that have passed from what is stored. */
  removeEnded(storeId: string): Promise<void>;
  /** Must not throw. */
  onChange(storeId: string, availability: Availability): void;
  onFailure(error: unknown): void;
  /** ms since 1970. */
  now(): number;
}

export interface AvailabilityWatch {
  /** As last reported, without what has ended since. */
  latest(storeId: string): Availability;
  /** This store's may have changed. Resolves when that is reported. */
  heardOf(storeId: string): Promise<void>;
  /** Finds changes without a hint and times that have passed. Call it once a second; failed reads are retried. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Reports each change of what a store takes once, and each end of a time, by a timer for the first end of all stores. A time
 * that has passed is removed from the database after its end is reported: the first look after a start reports those that
 * ended while no process ran, and an end that a kill interrupts may be reported twice.
 */
export async function watchAvailability(parts: WatchParts): Promise<AvailabilityWatch> {
  const { stamps, read, removeEnded, onChange, onFailure, now } = parts;
  /** What was last reported of each store. */
  const reported = new Map<string, Stored & { endsAt: number | null }>();
  const asked = new Set<string>();
  /** Resolves when the next round may begin. */
  let rested: Promise<unknown> = Promise.resolve();
  let timer = new AbortController();
  let closed = false;

  for (const storeId of (await stamps()).keys()) {
    const stored = await read(storeId);
    if (stored) remember(storeId, stored);
  }

  function remember(storeId: string, { stamp, availability }: Stored): void {
    reported.set(storeId, { stamp, availability, endsAt: firstEnd(availability) });
  }

  /** One round after the other, so that the newest state of a store is reported last. */
  async function report(storeIds: Iterable<string>): Promise<void> {
    for (const storeId of storeIds) asked.add(storeId);
    const round = rested.then(reportAsked);
    rested = round.then((count) => count > 0 && pause(REST_MS, undefined, { ref: false }));
    await round;
  }

  /** @returns how many changes it has reported */
  async function reportAsked(): Promise<number> {
    let count = 0;
    for (const storeId of asked) {
      asked.delete(storeId);
      try {
        if (await reportOne(storeId)) count += 1;
      } catch (error) {
        // Not by the timer, which would repeat it without a rest: the next look finds another stamp.
        const before = reported.get(storeId);
        if (before) reported.set(storeId, { ...before, stamp: '', endsAt: null });
        if (!closed) onFailure(error);
      }
    }
    setTimer();
    return count;
  }

  /** @returns whether it has changed */
  async function reportOne(storeId: string): Promise<boolean> {
    const stored = await read(storeId);
    if (!stored) return false;
    const before = reported.get(storeId)?.availability ?? BY_DEFAULT;
    const availability = availableAt(stored.availability, now());
    remember(storeId, { ...stored, availability });
    const hasChanged = !isDeepStrictEqual(availability, before);
    if (hasChanged) onChange(storeId, availability);
    if (!isDeepStrictEqual(availability, stored.availability)) await removeEnded(storeId);
    return hasChanged;
  }

  const ended = (): string[] =>
    [...reported].flatMap(([storeId, { endsAt }]) => (endsAt !== null && endsAt <= now() ? storeId : []));

  function setTimer(): void {
    timer.abort();
    if (closed) return;
    timer = new AbortController();
    let first = Number.POSITIVE_INFINITY;
    for (const { endsAt } of reported.values()) first = Math.min(first, endsAt ?? first);
    if (first < Number.POSITIVE_INFINITY) void wakeAt(first, timer.signal);
  }

  async function wakeAt(end: number, signal: AbortSignal): Promise<void> {
    const ms = Math.max(1, Math.min(end - now(), LONGEST_TIMER_MS));
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    // It may be early by the clock: then nothing has ended, and the timer is set again.
    if (!signal.aborted) await report(ended());
  }

  return {
    latest: (storeId) => availableAt(reported.get(storeId)?.availability ?? BY_DEFAULT, now()),
    heardOf: (storeId) => report([storeId]),
    async look() {
      const changed = [...(await stamps())].filter(([storeId, stamp]) => reported.get(storeId)?.stamp !== stamp);
      await report([...changed.map(([storeId]) => storeId), ...ended()]);
    },
    close() {
      closed = true;
      timer.abort();
    },
  };
}
