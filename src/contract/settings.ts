import { z } from 'zod';
import { Name } from './field-types.ts';
import { KEY_ACTIONS, LANGUAGES, type SoundKind } from './setting-names.ts';
import type { FULFILMENTS } from './status.ts';

/** What a person may set on one display. Every value has a default that needs no visit. */

const minutes = z
  .number()
  .min(0.1)
  .max(24 * 60);
const band = (warning: number, late: number) =>
  z.object({ warningMinutes: minutes.default(warning), lateMinutes: minutes.default(late) }).prefault({});
/** A time of day in the store's time zone, 24 hours. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 22:30');
/** From one time of day to another, over midnight when `to` is the earlier one. */
const Hours = z.object({ from: TimeOfDay, to: TimeOfDay });
export type Hours = z.output<typeof Hours>;

/** Where food is prepared, and which items belong there: by the item's own `station`, or by a part of its name. */
export const Station = z.strictObject({
  id: z.string().min(1).max(40),
  name: Name,
  /** The item's `station` is one of these, whatever the case. */
  stations: z.array(Name).max(20).default([]),
  /** The item's name contains one of these, whatever the case. */
  names: z.array(Name).max(100).default([]),
});
export type Station = z.output<typeof Station>;

const kindOfSound = (on: boolean) =>
  z.object({ on: z.boolean().default(on), volume: z.number().min(0).max(1).default(1) }).prefault({});

export const Settings = z.object({
  /** What this screen is called; null: by the name it was paired under. */
  displayName: Name.nullable().default(null),
  /** Whose work it shows: everything; one station's items; or everything with the state of the stations' work. */
  screen: z.enum(['all', 'station', 'expo']).default('all'),
  /** The station of a `station` screen; null: the first. */
  stationId: z.string().max(40).nullable().default(null),
  stations: z.array(Station).max(20).default([]),
  /** At the expo a ticket cannot be bumped before all its items are done. */
  expoHold: z.boolean().default(false),
  layout: z.enum(['columns', 'grid']).default('columns'),
  /** Places on a page of the grid; the real number follows from the size of the screen and is never above this. */
  ticketsPerPage: z.int().min(4).max(24).default(12),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  theme: z.enum(['dark', 'light', 'contrast', 'system']).default('dark'),
  language: z.enum(LANGUAGES).default('en'),
  /** Everything on the screen; 1 is 16 px on a 1280 px wide screen. */
  zoom: z.number().min(0.6).max(2).default(1),
  /** The words on the tickets only. */
  textSize: z.number().min(0.8).max(1.6).default(1),
  /** How money is written. */
  currencyDisplay: z.enum(['symbol', 'code', 'none']).default('symbol'),
  /** All-day counts with the modifiers told apart. */
  allDayModifiers: z.boolean().default(false),
  bumpBy: z.enum(['tap', 'double_tap']).default('tap'),
  /** How long an own tap can be undone; 0: not at all. */
  undoSeconds: z.number().min(0).max(30).default(5),
  /** The order moves on when its last item was tapped off. */
  autoAdvance: z.boolean().default(true),
  /** Which keys do what: one of the ready profiles, with what was changed in it laid over it. */
  keys: z
    .object({
      profile: z.enum(['keyboard', 'bump_bar']).default('keyboard'),
      /** A digit picks the ticket, or bumps it at once. */
      digits: z.enum(['select', 'bump']).default('select'),
      /** Codes of `KeyboardEvent.code` per action; an action that is not named keeps the profile's. */
      changed: z.partialRecord(z.enum(KEY_ACTIONS), z.array(z.string().min(1).max(40)).max(4)).default({}),
      legend: z.boolean().default(false),
    })
    .prefault({}),
  /** 0 to 1, over all sounds; 0 is silent, which the screen says as long as it is so. */
  volume: z.number().min(0).max(1).default(0.8),
  sounds: z
    .object({
      new: kindOfSound(true),
      changed: kindOfSound(true),
      cancelled: kindOfSound(true),
      ready: kindOfSound(false),
      late: kindOfSound(true),
      link: kindOfSound(true),
    } satisfies Record<SoundKind, z.ZodType>)
    .prefault({}),
  /** Silent at these hours, which the screen says; the alarm still flashes. */
  quietHours: Hours.nullable().default(null),
  /** A new order's number is spoken after the bell. */
  speakNumbers: z.boolean().default(false),
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
  /** When what is left over from the day is cleared from this screen; null: never. Changes no order. */
  endOfDay: TimeOfDay.nullable().default(null),
  /** The machine that it stands on; all but `keepAwake` in the installed app only. */
  desktop: z
    .object({
      /** Full screen without a way out but the PIN. */
      kiosk: z.boolean().default(false),
      /** Closing the window leaves the app in the tray, where it still rings. */
      closeToTray: z.boolean().default(true),
      launchAtLogin: z.boolean().default(false),
      /** The screen does not go dark: never let it, always, or at the hours below. */
      keepAwake: z.enum(['never', 'always', 'hours']).default('always'),
      keepAwakeHours: Hours.prefault({ from: '08:00', to: '23:00' }),
      /** Which of them are shown as native notifications; new orders always are. */
      notify: z
        .object({
          changed: z.boolean().default(true),
          cancelled: z.boolean().default(true),
          escalation: z.boolean().default(true),
          link: z.boolean().default(true),
        })
        .prefault({}),
    })
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
