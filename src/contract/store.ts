import { z } from 'zod';
import { Currency, Name, optional, StoreId, Timestamp, text } from './field-types.ts';

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

/** A store's settings for all its displays. Days and hours are whole numbers. */
export const StoreSettings = z.strictObject({
  /** How long a display keeps closed orders, in days (S4, S7). */
  displayWindowDays: optional(z.int().min(1).max(60)),
  /** Seconds without an acknowledgement until an escalation. */
  acknowledgeWithinSeconds: optional(z.int().min(10).max(3_600)),
});
export type StoreSettings = z.output<typeof StoreSettings>;

export const Store = z.object({
  id: z.string(),
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  settings: z.object({ displayWindowDays: z.int(), acknowledgeWithinSeconds: z.int() }),
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

export const DEVICE_ROLES = ['display', 'integration'] as const;
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
