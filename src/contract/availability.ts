import { z } from 'zod';
import { Instant, Name, Timestamp } from './field-types.ts';

/**
 * What a store takes now (contract, section 13). Times end by themselves; an order is never refused for any of this, it
 * tells the people and the services that take orders.
 */
export const Availability = z.object({
  /** Set by hand; ends nothing else. */
  open: z.boolean(),
  /** null: not paused. */
  pausedUntil: Timestamp.nullable(),
  /** null: not busy. */
  busyUntil: Timestamp.nullable(),
  /** The promised time of orders without one, in minutes after they were placed; null: none. Also a setting of the store. */
  preparationMinutes: z.int().nullable(),
  /** Dishes that are sold out; `until` null: until somebody says otherwise. */
  unavailable: z.array(z.object({ name: z.string(), until: Timestamp.nullable() })),
});
export type Availability = z.infer<typeof Availability>;

export const PreparationMinutes = z.int().min(1).max(600);

/**
 * A field that is absent stays as it is. Null ends a pause, a busy time or the preparation time, and so does a time that
 * has passed. `unavailable` replaces the list.
 */
export const AvailabilityPatch = z.strictObject({
  open: z.boolean().optional(),
  pausedUntil: Instant.nullable().optional(),
  busyUntil: Instant.nullable().optional(),
  preparationMinutes: PreparationMinutes.nullable().optional(),
  unavailable: z
    .array(z.strictObject({ name: Name, until: Instant.nullable().default(null) }))
    .max(500)
    .optional(),
});
export type AvailabilityPatch = z.output<typeof AvailabilityPatch>;

/** What holds at `now` (ms): what had to end by then has ended. */
export function availableAt<T extends Omit<Availability, 'preparationMinutes'>>(state: T, now: number): T {
  const holds = (until: string): boolean => Date.parse(until) > now;
  const whileAhead = (until: string | null) => (until !== null && holds(until) ? until : null);
  return {
    ...state,
    pausedUntil: whileAhead(state.pausedUntil),
    busyUntil: whileAhead(state.busyUntil),
    unavailable: state.unavailable.filter(({ until }) => until === null || holds(until)),
  };
}
