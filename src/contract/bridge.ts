import { z } from 'zod';
import { COMMAND_TYPES, Intent, REJECTIONS } from './command.ts';
import { Desktop, GoTo } from './desktop.ts';
import { Diagnosis } from './diagnosis.ts';
import type { Result } from './errors.ts';
import { Name, OrderId } from './field-types.ts';
import { Figures, FiguresQuery } from './figures.ts';
import { HistoryExport, HistoryPage, HistoryQuery, PathFigures } from './history.ts';
import { Link } from './link.ts';
import { Order } from './order.ts';
import { OrderStory } from './order-story.ts';
import { SearchQuery, SOURCES } from './search.ts';
import { Settings, SettingsPatch } from './settings.ts';
import { STATUSES } from './status.ts';
import { Stats } from './sync.ts';
import { QueueView } from './waiting.ts';

/**
 * What a screen may ask of the core and what the core tells the screen: one typed map, two carriers (IPC in Electron, a
 * socket in a browser). Calls return a {@link Result}; they do not throw across. The renderer's state is written by
 * pushes only. All times are ms of server time (L3).
 */

/** What somebody outside the kitchen changed in an order after a person here had seen it. Each list may be empty. */
export const Marks = z.object({
  /** Items that are new, and those of which more are wanted: how many more. */
  added: z.array(z.object({ itemId: z.string(), quantity: z.int() })),
  /** Ids of items that say something else: name, modifiers, note, allergens, course. */
  changed: z.array(z.string()),
  /** Items that are gone, and those of which fewer are wanted: how many fewer. */
  removed: z.array(z.object({ name: z.string(), station: z.string().nullable(), quantity: z.int() })),
  fields: z.array(z.enum(['note', 'table', 'covers', 'dueAt', 'number', 'customer'])),
});
export type Marks = z.infer<typeof Marks>;

/** One order as shown: confirmed, with this display's unanswered commands laid over it (S5). */
export const Ticket = z.object({
  order: Order,
  /** This display has an unanswered command for it. */
  pending: z.boolean(),
  /** When its age began to count, and when it turns to `warning` and `late`; null: it does not age (closed, or due later). */
  ageFrom: z.number(),
  warningAt: z.number().nullable(),
  lateAt: z.number().nullable(),
  /** Until a person says `seenMarks`, or the order is done; null: it is as it was seen. */
  marks: Marks.nullable(),
  /**
   * Somebody else cancelled or rejected it while it hung open here, in this status: it keeps its place, struck through,
   * until a person says `seenMarks`, for food may be on the stove. Null: nothing of the kind.
   */
  ended: z.object({ from: z.enum(STATUSES) }).nullable(),
});
export type Ticket = z.infer<typeof Ticket>;

/**
 * All open orders, those that ended elsewhere and that nobody has seen, and those closed in the last 60 minutes (at most 50
 * of them), which can still be recalled or read.
 */
export const Board = z.object({
  /** Number of the last patch that is in it. */
  n: z.int(),
  /** False until the cache was read. */
  loaded: z.boolean(),
  tickets: z.array(Ticket),
});
export type Board = z.infer<typeof Board>;

/** Newest first by `createdAt`. A search looks through so many orders at a time: a page may be short, or empty, and yet have a next. */
export const SearchPage = z.object({
  tickets: z.array(Ticket),
  /** How far back what was searched goes, days; null: everything the server keeps. Open orders are always in it. */
  days: z.number().nullable(),
  nextBefore: z.string().nullable(),
});
export type SearchPage = z.infer<typeof SearchPage>;

/** Numbered; a gap in `n` means: ask for the whole board again. */
export const BoardPatch = z.object({
  n: z.int(),
  upserts: z.array(Ticket),
  removes: z.array(z.string()),
  /** Full reload (a start, a snapshot): differences are not new events. */
  reset: z.literal(true).optional(),
});
export type BoardPatch = z.infer<typeof BoardPatch>;

/** Something that needs a person: a command that was refused (C4). Stays until dismissed. */
export const FailedCommand = z.object({
  id: z.string(),
  orderId: z.string(),
  orderNumber: z.string().nullable(),
  commandType: z.enum(COMMAND_TYPES),
  /** What was wished, in the command's own payload. */
  payload: z.record(z.string(), z.unknown()),
  code: z.enum(REJECTIONS),
  message: z.string(),
  /** When it was tapped and when it was refused. */
  issuedAt: z.number(),
  at: z.number(),
  /** What the order is now; null when it is gone. */
  order: Order.nullable(),
});
export type FailedCommand = z.infer<typeof FailedCommand>;

/** Trouble with the display itself, said on the screen until it is over. */
export const TROUBLES = [
  'disk_full',
  'disk_failed',
  'cache_rebuilt',
  'queue_set_aside',
  'server_restored',
  'clock_wrong',
] as const;
export type Trouble = (typeof TROUBLES)[number];
/** Those that a person has been told once they say so; the others are said until they are over. */
export const TOLD_TROUBLES = ['queue_set_aside', 'server_restored', 'clock_wrong'] as const;

/** Everything around the tickets; pushed whole when something in it changed, and at least every 5 s as a sign of life. */
export const DisplayStatus = z.object({
  /** `needed`: no server or token yet; the first-run screen. */
  setup: z.enum(['needed', 'done']),
  serverUrl: z.string().nullable(),
  deviceName: z.string().nullable(),
  store: z.object({ id: z.string(), name: z.string(), currency: z.string(), timeZone: z.string() }).nullable(),
  link: Link,
  /** The core's estimate of server time when it sent this; the renderer counts on from here by its own monotonic clock. */
  serverNow: z.number(),
  /** Unanswered commands, and when the oldest was tapped. */
  queueCount: z.int(),
  queueSince: z.number().nullable(),
  /** The worst first, and ten of them at most; `failedCommandCount` counts all, which `getFailedCommands` has. */
  failedCommands: z.array(FailedCommand),
  failedCommandCount: z.int(),
  troubles: z.array(z.enum(TROUBLES)),
  /** A1: rings while any order is pending and not acknowledged. */
  alarm: z.object({ active: z.boolean(), orderIds: z.array(z.string()) }),
  /** Until when a person silenced this display, which the screen says; the alarm still flashes. Null: it is not muted. */
  mutedUntil: z.number().nullable(),
  /** The installed app's own state; null in the browser host. */
  desktop: Desktop.nullable(),
  /** Today's figures: the server's while live, else those of this display's own copy; null before there is one. */
  stats: Stats.nullable(),
  settings: Settings,
  /** Whether the protected settings are kept by a PIN (protected-settings.ts), and whether it was given a moment ago. */
  pin: z.object({ set: z.boolean(), unlocked: z.boolean() }),
  /** How far this machine's clock is ahead of the server's, ms; null before the server's first word. */
  clockAheadMs: z.number().nullable(),
  /** Orders that the end of the day took off this screen, and from before when they are; null: none, or a person knows. */
  carriedOver: z.object({ count: z.int(), before: z.number() }).nullable(),
});
export type DisplayStatus = z.infer<typeof DisplayStatus>;

/** A passing word for a toast; never the only place where something important is said. `code` picks the translation. */
export const Notice = z.object({
  id: z.string(),
  kind: z.enum(['success', 'info', 'warning', 'error']),
  code: z.enum([
    'refreshed',
    'refresh_failed',
    'back_live',
    'went_offline',
    'paired',
    'bumped_elsewhere',
    'command_rejected',
    'order_new',
    'order_changed',
    'order_cancelled',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Notice = z.infer<typeof Notice>;

export const BRIDGE_ERRORS = ['invalid', 'not_found', 'not_allowed', 'unavailable', 'disk', 'internal'] as const;
export type BridgeError = (typeof BRIDGE_ERRORS)[number];

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const nothing = z.null();
const PinDigits = z.string().regex(/^\d{4,8}$/);
const ServerUrl = z.url({ protocol: /^https?$/ }).max(500);

/** A tap's first command, and what `undo` takes it back by; null: there is no way back (ADR 19). */
const Tapped = z.object({ commandId: z.string(), undo: z.int().nullable() });

/** Every call a screen may make: what goes in, what comes out. */
export const BRIDGE_CALLS = {
  getBoard: call(nothing, Board),
  getStatus: call(nothing, DisplayStatus),
  /** Puts an intent into the queue on disk; answered when it is durable (C1). The core adds number, id, version and time. */
  command: call(z.object({ orderId: OrderId, intent: Intent }), Tapped),
  /** Ticks items of one order off, or back on, in one step: a station's bump and its recall (`done` false). */
  tickItems: call(
    z.strictObject({ orderId: OrderId, itemIds: z.array(z.string()).min(1).max(200), done: z.boolean() }),
    Tapped,
  ),
  /** Takes a tap back, by commands of its own that are on disk before it is answered, like any other (ADR 19). */
  undo: call(z.object({ id: z.int() }), nothing),
  /** A person has seen what was changed in the order up to this version, or that it was called off. */
  seenMarks: call(z.object({ orderId: OrderId, version: z.int() }), nothing),
  /** One `acknowledge` for each order that rings. */
  acknowledgeAll: call(nothing, z.object({ count: z.int() })),
  /** L2: poll and send at once; replaces the socket if it is down. */
  refresh: call(nothing, z.object({ live: z.boolean() })),
  dismissFailedCommand: call(z.object({ id: z.string() }), nothing),
  /**
   * Intents again what was refused, of the order as it is now: `same`, or `cancel` where rejecting came too late. A new
   * command in its place, in one step.
   */
  retryCommand: call(z.object({ id: z.string(), as: z.enum(['same', 'cancel']) }), z.object({ commandId: z.string() })),
  /** A person has read one of {@link TOLD_TROUBLES}. */
  dismissTrouble: call(z.object({ trouble: z.enum(TOLD_TROUBLES) }), nothing),
  /** Silences this display for so long; 0 ends it. Ends by itself, and with the program. */
  mute: call(z.object({ minutes: z.int().min(0).max(60) }), nothing),
  getHistory: call(HistoryQuery, HistoryPage),
  /** Of the server only while it can be reached: `unavailable` otherwise. */
  searchOrders: call(SearchQuery, SearchPage),
  /** An order and what became of it; `ticket` is null when it was deleted, or the copy has never had it. */
  getOrderStory: call(
    z.strictObject({ from: z.enum(SOURCES), orderId: OrderId }),
    z.object({ ticket: Ticket.nullable(), story: OrderStory }),
  ),
  getPathFigures: call(nothing, PathFigures),
  /** The whole history, so many lines at a time. */
  exportHistory: call(z.object({ before: z.int().min(1).nullable() }), HistoryExport),
  getQueue: call(nothing, QueueView),
  /** All that were refused and that nobody has dismissed, oldest first. */
  getFailedCommands: call(nothing, z.array(FailedCommand)),
  /** `unavailable` before anything is known of the store. */
  getFigures: call(FiguresQuery, Figures),
  /** One archive that tells what is wrong, without secrets; what it holds: docs/desktop.md. */
  exportDiagnosis: call(nothing, Diagnosis),
  /** First run, one of two: a token the owner made … */
  connectWithToken: call(z.object({ serverUrl: ServerUrl, token: z.string().min(1).max(512) }), nothing),
  /** … or a pairing code of six characters. */
  connectWithCode: call(z.object({ serverUrl: ServerUrl, code: z.string().min(1).max(32), deviceName: Name }), nothing),
  /** `not_allowed`: it would change what the PIN keeps, and that is locked. */
  changeSettings: call(SettingsPatch, Settings),
  /** What every setting is without a visit. */
  getDefaultSettings: call(nothing, Settings),
  exportSettings: call(nothing, z.object({ text: z.string() })),
  /** All of a file or nothing of it: `wrong` names the places in it that are not right. */
  importSettings: call(z.strictObject({ text: z.string().max(1_000_000) }), z.object({ wrong: z.array(z.string()) })),
  /** Null takes the PIN away. */
  setPin: call(z.strictObject({ pin: PinDigits.nullable() }), nothing),
  /** Ends by itself. `waitMs`: after so many wrong ones, how long the next try must wait. */
  unlock: call(z.strictObject({ pin: PinDigits }), z.object({ unlocked: z.boolean(), waitMs: z.number() })),
  lock: call(nothing, nothing),
  /** Puts an order on this display alone, to see and hear that it works. */
  testOrder: call(nothing, z.object({ orderId: OrderId })),
  /** What the end of the day took off this screen comes back, or is known of. */
  showCarriedOver: call(nothing, nothing),
  dismissCarriedOver: call(nothing, nothing),
} as const;
export type CallName = keyof typeof BRIDGE_CALLS;
export const CALL_NAMES = Object.keys(BRIDGE_CALLS) as CallName[];
export type CallInput<K extends CallName> = z.output<(typeof BRIDGE_CALLS)[K]['input']>;
export type CallOutput<K extends CallName> = z.output<(typeof BRIDGE_CALLS)[K]['output']>;

/** Every push. `goTo` comes from the installed app, to one window of it. */
export const BRIDGE_PUSHES = { board: BoardPatch, status: DisplayStatus, notice: Notice, goTo: GoTo } as const;
export type PushName = keyof typeof BRIDGE_PUSHES;
export const PUSH_NAMES = Object.keys(BRIDGE_PUSHES) as PushName[];
export type PushPayload<K extends PushName> = z.output<(typeof BRIDGE_PUSHES)[K]>;

export type Undo = () => void;

/** The core's end: input is checked against the schema here, once, whatever the carrier. */
export interface BridgeHost {
  call(name: string, input: unknown): Promise<Result<unknown, BridgeError>>;
  onPush(listener: <K extends PushName>(name: K, payload: PushPayload<K>) => void): Undo;
}

/** The screen's end, the same over both carriers. */
export interface Bridge {
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>, BridgeError>>;
  on<K extends PushName>(name: K, listener: (payload: PushPayload<K>) => void): Undo;
  /** Whether the carrier itself is up; over IPC always. A lost carrier is a link that is not live. */
  onCarrier(listener: (up: boolean) => void): Undo;
}

/**
 * The bare pipe under a {@link Bridge}: what preload puts on `window.bridge`, and what the browser's socket is wrapped
 * into (Socket.io at path `BRIDGE_PATH`: `call(name, input)` with an ack that gets the Result; `push(name, payload)`).
 */
export interface Carrier {
  call(name: string, input: unknown): Promise<Result<unknown, BridgeError>>;
  onPush(listener: (name: string, payload: unknown) => void): Undo;
  /** Told at once where it stands, then at every change. */
  onUp(listener: (up: boolean) => void): Undo;
}
