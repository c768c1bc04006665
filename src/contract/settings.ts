import { z } from 'zod';
import { LAYOUTS } from './caught-job.ts';
import { Name } from './field-types.ts';
import { PrinterAddress } from './printer.ts';
import {
  KEY_ACTIONS,
  LANGUAGES,
  MODIFIER_COLOURS,
  PRINTER_PAPERS,
  SCREEN_OCCASIONS,
  type SoundKind,
} from './setting-names.ts';
import type { FULFILMENTS } from './status.ts';

/** The settings of one display. Every value has a usable default. */

const minutes = z
  .number()
  .min(0.1)
  .max(24 * 60);
const band = (warning: number, late: number) =>
  z.object({ warningMinutes: minutes.default(warning), lateMinutes: minutes.default(late) }).prefault({});
/** A time of day in the store's time zone, 24 hours. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 22:30');
/** From one time of day to another; past midnight if `to` is earlier. */
const Hours = z.object({ from: TimeOfDay, to: TimeOfDay });
export type Hours = z.output<typeof Hours>;

/** A place where food is prepared, and which items belong to it: by their `station`, a part of their name, or the order's source. */
export const Station = z.strictObject({
  id: z.string().min(1).max(40),
  name: Name,
  /** The item's `station` is one of these; case-insensitive. */
  stations: z.array(Name).max(20).default([]),
  /** The item's name contains one of these; case-insensitive. */
  names: z.array(Name).max(100).default([]),
  /** The order's source is one of these; case-insensitive. Only the store's stations have them, and `expo`. */
  sources: z.array(Name).max(20).optional(),
  /** Shows everything, with the progress of the others. */
  expo: z.boolean().optional(),
});
export type Station = z.output<typeof Station>;

/** A colour for the modifiers whose name contains one of the words; case-insensitive. */
const ColouredModifiers = z.strictObject({
  words: z.array(Name).max(50).default([]),
  colour: z.enum(MODIFIER_COLOURS),
});
export type ColouredModifiers = z.output<typeof ColouredModifiers>;

/** A printer in the network of the screen's host, on which the host prints (ADR 54). */
export const ScreenPrinter = z.strictObject({
  id: z.string().min(1).max(40),
  name: Name,
  /** Null: not set up yet. */
  address: PrinterAddress.nullable(),
  paper: z.enum(PRINTER_PAPERS).default('80mm'),
  /** By hand it prints always. */
  on: z.array(z.enum(SCREEN_OCCASIONS)).max(SCREEN_OCCASIONS.length).default(['accepted']),
  /** Prints only the items of this station; null: all. */
  station: z.string().max(200).nullable().default(null),
});
export type ScreenPrinter = z.output<typeof ScreenPrinter>;

const kindOfSound = (on: boolean) =>
  z.object({ on: z.boolean().default(on), volume: z.number().min(0).max(1).default(1) }).prefault({});

export const Settings = z.object({
  /** This screen's name; null: the name it was paired under. */
  displayName: Name.nullable().default(null),
  /**
   * What it shows: everything; one station's items; everything with the progress of the stations; what is ready and out; or, to
   * customers, the numbers of orders in preparation and ready.
   */
  screen: z.enum(['all', 'station', 'expo', 'pass', 'pickup']).default('all'),
  /** The station of a `station` screen; null: the first. */
  stationId: z.string().max(40).nullable().default(null),
  /** Those set up on this screen, in force while the store has none (`DisplayStatus.stations`). */
  stations: z.array(Station).max(20).default([]),
  /** Printers of this screen. A settings file leaves them out, lest two screens print the same. */
  printers: z.array(ScreenPrinter).max(5).default([]),
  /** The kitchen printer that this screen's computer is to tills (ADR 56). A settings file leaves it out, like the printers. */
  till: z
    .object({
      on: z.boolean().default(false),
      /** TCP, on all addresses of the computer. */
      port: z.int().min(1).max(65_535).default(9100),
      /** The `source` of its orders. */
      name: z.string().trim().min(1).max(100).default('Till'),
      layout: z.enum(LAYOUTS).default('generic'),
    })
    .prefault({}),
  /** At the expo, a ticket can only be bumped when all its items are done. */
  expoHold: z.boolean().default(false),
  /** `grid`: what is to be made, oldest first, and beside it what is ready; `columns`: by status. */
  layout: z.enum(['columns', 'grid']).default('grid'),
  density: z.enum(['comfortable', 'compact', 'large']).default('comfortable'),
  theme: z.enum(['dark', 'light', 'contrast', 'system']).default('dark'),
  language: z.enum(LANGUAGES).default('en'),
  /** Scale of the whole screen; 1 is 16 px on a 1280 px wide screen. */
  zoom: z.number().min(0.6).max(2).default(1),
  /** Diagonal, inches, by which the screen finds the zoom for a distance; null: nobody has said. */
  screenInches: z.number().min(4).max(100).nullable().default(null),
  /** Scale of the text on tickets. */
  textSize: z.number().min(0.8).max(1.6).default(1),
  /** The format of money. */
  currencyDisplay: z.enum(['symbol', 'code', 'none']).default('symbol'),
  /** Whether all-day counts distinguish modifiers. */
  allDayModifiers: z.boolean().default(false),
  bumpBy: z.enum(['tap', 'double_tap']).default('tap'),
  /** How long a tap can be undone; 0: not at all. */
  undoSeconds: z.number().min(0).max(30).default(5),
  /** Ticking off the last item also sets the order ready. */
  autoAdvance: z.boolean().default(true),
  /** Equal items of a ticket are one line with the quantity of all, ticked off together. */
  combineItems: z.boolean().default(true),
  /** Start also offers to promise the order in 10, 15 or 20 minutes. */
  promiseOnStart: z.boolean().default(false),
  /** Of several that fit a modifier, the first counts. */
  modifierColours: z.array(ColouredModifiers).max(20).default([]),
  /** Key bindings: a predefined profile with overrides. */
  keys: z
    .object({
      profile: z.enum(['keyboard', 'bump_bar']).default('keyboard'),
      /** Whether a digit selects the ticket or bumps it at once. */
      digits: z.enum(['select', 'bump']).default('select'),
      /** `KeyboardEvent.code` values per action; an unnamed action keeps the profile's. */
      changed: z.partialRecord(z.enum(KEY_ACTIONS), z.array(z.string().min(1).max(40)).max(4)).default({}),
      legend: z.boolean().default(false),
    })
    .prefault({}),
  /** 0 to 1, for all sounds; 0 is silent, which the screen shows. */
  volume: z.number().min(0).max(1).default(0.8),
  sounds: z
    .object({
      new: kindOfSound(true),
      accepted: kindOfSound(true),
      changed: kindOfSound(true),
      cancelled: kindOfSound(true),
      ready: kindOfSound(false),
      late: kindOfSound(true),
      link: kindOfSound(true),
    } satisfies Record<SoundKind, z.ZodType>)
    .prefault({}),
  /** Silent at these hours, which the screen shows; the alarm still flashes. */
  quietHours: Hours.nullable().default(null),
  /** Speaks a new order's number after the bell. */
  speakNumbers: z.boolean().default(false),
  /** The pick-up board speaks the number of an order that becomes ready. */
  callNumbers: z.boolean().default(false),
  /** Vibrates with the bell for new orders, on devices that can. */
  vibrate: z.boolean().default(true),
  toastSeconds: z.number().min(1).max(60).default(5),
  /** Seconds between two polls while the socket is down (L2). */
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
  /** When carried-over orders leave this screen; null: never. Changes no order. */
  endOfDay: TimeOfDay.nullable().default(null),
  /** Settings of the machine; all except `keepAwake` apply to the installed app only. */
  desktop: z
    .object({
      /** Full screen; only the PIN leaves it. */
      kiosk: z.boolean().default(false),
      /** Closing the window keeps the app in the tray, where it still rings. */
      closeToTray: z.boolean().default(true),
      launchAtLogin: z.boolean().default(false),
      /** When to keep the screen awake: never, always, or at the hours below. */
      keepAwake: z.enum(['never', 'always', 'hours']).default('always'),
      keepAwakeHours: Hours.prefault({ from: '08:00', to: '23:00' }),
      /** Which events show native notifications; new orders always do. */
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
/** A subset of the settings; the others stay unchanged. */
export const SettingsPatch = z.strictObject(withoutDefaults);
export type SettingsPatch = z.output<typeof SettingsPatch>;
export const DEFAULT_SETTINGS: Settings = Settings.parse({});
