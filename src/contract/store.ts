import { z } from 'zod';
import { PreparationMinutes } from './availability.ts';
import { Currency, Name, optional, StoreId, Timestamp, text } from './field-types.ts';
import { LANGUAGES } from './setting-names.ts';

/** Stores, their devices and pairing (contract, section 5). */

const timeZones = new Set(Intl.supportedValuesOf('timeZone'));
function isTimeZone(zone: string): boolean {
  if (timeZones.has(zone)) return true;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
export const TimeZone = text(64, 1).refine(isTimeZone, 'must be an IANA time zone, such as Asia/Tbilisi');

const names = (most: number) => z.array(Name).max(most);

/**
 * A place where food is prepared, the same on every display of the store, and which items belong to it: by their `station`,
 * a part of their name, or the source of their order.
 */
const StationDraft = z.strictObject({
  id: text(40, 1),
  name: Name,
  match: z.strictObject({
    stations: optional(names(20)),
    names: optional(names(100)),
    sources: optional(names(20)),
  }),
  /** Shows the progress of the others. */
  expo: optional(z.boolean()),
});

const StationDrafts = z
  .array(StationDraft)
  .max(20)
  .superRefine((stations, ctx) => {
    const seen = new Set<string>();
    for (const [i, { id }] of stations.entries()) {
      if (seen.has(id)) ctx.addIssue({ code: 'custom', path: [i, 'id'], message: 'must be unique within the store' });
      seen.add(id);
    }
  });

/** A store's settings for all its displays. Days and hours are whole numbers. */
export const StoreSettings = z.strictObject({
  /** How long a display keeps closed orders, in days (S4, S7). */
  displayWindowDays: optional(z.int().min(1).max(60)),
  /** Seconds without an acknowledgement until an escalation. */
  acknowledgeWithinSeconds: optional(z.int().min(10).max(3_600)),
  /** Orders from these sources are `preparing` as soon as they arrive, but not while the store is paused; "*": all orders. */
  autoAccept: optional(z.union([z.literal('*'), names(100)], { error: 'must be a list of sources, or *' })),
  /** The promised time of orders without one, in minutes after they were placed. `PATCH …/availability` removes it. */
  preparationMinutes: optional(PreparationMinutes),
  stations: optional(StationDrafts),
  /** Of what the server writes for the staff: papers and messages. A display has a language by itself. */
  language: optional(z.enum(LANGUAGES)),
});
export type StoreSettings = z.output<typeof StoreSettings>;

const Station = z.object({
  id: z.string(),
  name: z.string(),
  match: z.object({
    stations: z.array(z.string()).optional(),
    names: z.array(z.string()).optional(),
    sources: z.array(z.string()).optional(),
  }),
  expo: z.boolean().optional(),
});

export const Store = z.object({
  id: z.string(),
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  /** Those with a default are absent in what an older version has written. */
  settings: z.object({
    displayWindowDays: z.int(),
    acknowledgeWithinSeconds: z.int(),
    autoAccept: z.union([z.literal('*'), z.array(z.string())]).default([]),
    preparationMinutes: z.int().nullable().default(null),
    stations: z.array(Station).default([]),
    language: z.enum(LANGUAGES).default('en'),
  }),
  createdAt: Timestamp,
});
export type Store = z.infer<typeof Store>;

export const StoreDraft = z.strictObject({
  id: optional(StoreId),
  name: Name,
  currency: Currency,
  timeZone: TimeZone,
  settings: optional(StoreSettings),
});
export type StoreDraft = z.output<typeof StoreDraft>;
export const StorePatch = z.strictObject({
  name: optional(Name),
  currency: optional(Currency),
  timeZone: optional(TimeZone),
  settings: optional(StoreSettings),
});
export type StorePatch = z.output<typeof StorePatch>;

export const DEVICE_ROLES = ['display', 'integration', 'manager'] as const;
export type DeviceRole = (typeof DEVICE_ROLES)[number];
export const DeviceDraft = z.strictObject({ name: Name, role: z.enum(DEVICE_ROLES) });
export const Device = z.object({
  deviceId: z.string(),
  name: z.string(),
  role: z.enum(DEVICE_ROLES),
  createdAt: Timestamp,
  lastSeenAt: Timestamp.nullable(),
  cursor: z.int().nullable(),
  live: z.boolean(),
});
export type Device = z.infer<typeof Device>;

/** 32 characters that cannot be confused when read aloud: no I, L, O, U. */
export const PAIRING_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const PairRequest = z.strictObject({ code: z.string().max(32), deviceName: Name });
export const PairAnswer = z.object({ storeId: z.string(), deviceId: z.string(), token: z.string() });
export type PairAnswer = z.infer<typeof PairAnswer>;
