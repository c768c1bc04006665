import { z } from 'zod';
import { Availability } from './availability.ts';
import { Desktop } from './desktop.ts';
import { FailedCommand } from './failed-command.ts';
import { Link } from './link.ts';
import { PRINTER_TROUBLES } from './printer.ts';
import { Settings, Station } from './settings.ts';
import { Stats } from './sync.ts';
import { TILL_TROUBLES } from './till.ts';

/** Problems of the display itself, shown until they end. */
export const TROUBLES = [
  'disk_full',
  'disk_failed',
  'files_removed',
  'cache_rebuilt',
  'queue_set_aside',
  'server_restored',
  'clock_wrong',
] as const;
export type Trouble = (typeof TROUBLES)[number];
/** Troubles that the user can dismiss; the others end by themselves. */
export const DISMISSIBLE_TROUBLES = ['queue_set_aside', 'server_restored', 'clock_wrong'] as const;

/** Everything around the tickets; pushed whole on every change, and at least every 5 s as a sign of life. */
export const DisplayStatus = z.object({
  /** `needed`: no server or token yet; the first-run screen. */
  setup: z.enum(['needed', 'done']),
  serverUrl: z.string().nullable(),
  deviceName: z.string().nullable(),
  store: z.object({ id: z.string(), name: z.string(), currency: z.string(), timeZone: z.string() }).nullable(),
  link: Link,
  /** The core's estimate of server time at the push; the renderer extrapolates with its own monotonic clock. */
  serverNow: z.number(),
  /** Unanswered commands, and when the oldest was tapped. */
  queueCount: z.int(),
  queueSince: z.number().nullable(),
  /** The worst first, at most ten; `failedCommandCount` counts all, and `getFailedCommands` returns them. */
  failedCommands: z.array(FailedCommand),
  failedCommandCount: z.int(),
  troubles: z.array(z.enum(TROUBLES)),
  /** A1: rings while any order is pending and not acknowledged. */
  alarm: z.object({ active: z.boolean(), orderIds: z.array(z.string()) }),
  /** Until when this display is muted, as the screen shows; the alarm still flashes. Null: not muted. */
  mutedUntil: z.number().nullable(),
  /** The state of the installed app; null in the browser host. */
  desktop: Desktop.nullable(),
  /** Today's figures: the server's while live, else this display's own; null before there are any. */
  stats: Stats.nullable(),
  settings: Settings,
  /** The stations in force: the store's, the same on every screen, or those of the settings where the store has none. */
  stations: z.object({ from: z.enum(['store', 'screen']), list: z.array(Station) }),
  /** Whether a PIN protects some settings (protected-settings.ts), and whether it was entered lately. */
  pin: z.object({ set: z.boolean(), unlocked: z.boolean() }),
  /** How far this machine's clock is ahead of the server's, ms; null until the server has sent its time. */
  clockAheadMs: z.number().nullable(),
  /** Orders that the end of the day took off this screen, placed before `before`; null: none, or dismissed. */
  carriedOver: z.object({ count: z.int(), before: z.number() }).nullable(),
  /** The printers of this screen that have an address. `trouble`: why what waits is not printed. */
  printers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      trouble: z.enum(PRINTER_TROUBLES).nullable(),
      /** Papers that wait. */
      waiting: z.int(),
    }),
  ),
  /** What tills print to this screen's computer (ADR 56); null: it is no printer, and nothing waits. */
  till: z
    .object({
      /** What keeps tickets off the board; null: nothing. */
      trouble: z.enum(TILL_TROUBLES).nullable(),
      /** Tickets that are on this computer only. */
      waiting: z.int(),
      /** Tickets that the server will not take. */
      refused: z.int(),
    })
    .nullable(),
  /** What the store takes, as of the link's last word, without what has ended since; null: the server has not said. */
  availability: Availability.nullable(),
});
export type DisplayStatus = z.infer<typeof DisplayStatus>;
