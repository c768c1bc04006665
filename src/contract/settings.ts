import { z } from 'zod';
import type { FULFILMENTS } from './status.ts';

/** What a person may set on one display. Every value has a default that needs no visit. */

const minutes = z
  .number()
  .min(0.1)
  .max(24 * 60);
const band = (warning: number, late: number) =>
  z.object({ warningMinutes: minutes.default(warning), lateMinutes: minutes.default(late) }).prefault({});

export const LANGUAGES = ['en', 'ru', 'ar'] as const;
export const Settings = z.object({
  layout: z.enum(['columns', 'grid']).default('columns'),
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  language: z.enum(LANGUAGES).default('en'),
  /** 1 is 16 px on a 1280 px wide screen. */
  zoom: z.number().min(0.6).max(2).default(1),
  /** 0 to 1; 0 is silent, which the screen says as long as it is so. */
  volume: z.number().min(0).max(1).default(0.8),
  toastSeconds: z.number().min(1).max(60).default(5),
  /** While the socket is down, seconds between two polls (L2). */
  pollSeconds: z.int().min(5).max(300).default(30),
  /** When a ticket turns yellow and red, per fulfilment. */
  ages: z
    .object({
      pickup: band(5, 10),
      delivery: band(5, 10),
      dine_in: band(5, 10),
      booking: band(5, 10),
    } satisfies Record<(typeof FULFILMENTS)[number], z.ZodType>)
    .prefault({}),
});
export type Settings = z.output<typeof Settings>;
const withoutDefaults = Object.fromEntries(
  Object.entries(Settings.shape).map(([key, field]) => [key, field.unwrap().optional()]),
) as unknown as { [K in keyof Settings]: z.ZodOptional<z.ZodType<Settings[K]>> };
/** Any of the settings; what is not named stays as it is. */
export const SettingsPatch = z.strictObject(withoutDefaults);
export type SettingsPatch = z.output<typeof SettingsPatch>;
export const DEFAULT_SETTINGS: Settings = Settings.parse({});
