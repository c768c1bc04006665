import { z } from 'zod';
import { Intent } from './command.ts';
import { GoTo } from './desktop.ts';
import { Diagnosis } from './diagnosis.ts';
import { DISMISSIBLE_TROUBLES, DisplayStatus } from './display-status.ts';
import type { Result } from './errors.ts';
import { FailedCommand } from './failed-command.ts';
import { Instant, Name, OrderId } from './field-types.ts';
import { Figures, FiguresQuery } from './figures.ts';
import { HistoryExport, HistoryPage, HistoryQuery, PathFigures } from './history.ts';
import { Notice } from './notice.ts';
import { OrderStory } from './order-story.ts';
import { SearchQuery, SOURCES } from './search.ts';
import { Settings, SettingsPatch } from './settings.ts';
import { Board, BoardPatch, SearchPage, Ticket } from './ticket.ts';
import { TillView } from './till.ts';
import { QueueView } from './waiting.ts';

/**
 * Calls and pushes between a screen and the core: one typed map over two carriers (IPC in Electron, a socket in a browser).
 * Calls return a {@link Result} and never throw. Only pushes write the renderer's state. All times are ms of server time
 * (L3).
 */

export const BRIDGE_ERRORS = ['invalid', 'not_found', 'not_allowed', 'unavailable', 'disk', 'internal'] as const;
export type BridgeError = (typeof BRIDGE_ERRORS)[number];

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const nothing = z.null();
const PinDigits = z.string().regex(/^\d{4,8}$/);
const ServerUrl = z.url({ protocol: /^https?$/ }).max(500);

/** A tap's first command, and the id for `undo`; null: it cannot be undone (ADR 19). */
const Tapped = z.object({ commandId: z.string(), undo: z.int().nullable() });

/** A time, the end of the store's day as this display knows it, or null: no end. */
const Until = z.union([Instant, z.literal('day_end')]).nullable();
export type Until = z.output<typeof Until>;

/** Every call a screen may make: input and output. */
export const BRIDGE_CALLS = {
  getBoard: call(nothing, Board),
  getStatus: call(nothing, DisplayStatus),
  // Orders.
  /** Queues an intent; answered when it is durable (C1). The core adds id, version and time. */
  command: call(z.object({ orderId: OrderId, intent: Intent }), Tapped),
  /** Marks items of one order as done or not done in one step: a station's bump, and its recall (`done` false). */
  tickItems: call(
    z.strictObject({ orderId: OrderId, itemIds: z.array(z.string()).min(1).max(200), done: z.boolean() }),
    Tapped,
  ),
  /** Reverts a tap with new commands, which are durable before the answer like any others (ADR 19). */
  undo: call(z.object({ id: z.int() }), nothing),
  /** The user has seen the changes up to this version, or that the order was called off. */
  seenMarks: call(z.object({ orderId: OrderId, version: z.int() }), nothing),
  /** Queues one `acknowledge` for each ringing order. */
  acknowledgeAll: call(nothing, z.object({ count: z.int() })),
  dismissFailedCommand: call(z.object({ id: z.string() }), nothing),
  /** Replaces a failed command in one step by a new one for the order as it is now: `same`, or `cancel` if `reject` came too late. */
  retryCommand: call(z.object({ id: z.string(), as: z.enum(['same', 'cancel']) }), z.object({ commandId: z.string() })),
  /** Puts a test order on this display only, to see and hear that it works. */
  testOrder: call(nothing, z.object({ orderId: OrderId })),

  // What the store takes (contract, section 13). Not queued. `unavailable`: nothing was changed; `internal`: it may have been.
  /** Null ends a pause or a busy time. */
  setAvailability: call(
    z.strictObject({ open: z.boolean().optional(), pausedUntil: Until.optional(), busyUntil: Until.optional() }),
    nothing,
  ),
  /** Adds a dish to what is sold out, or takes it off. */
  setSoldOut: call(z.strictObject({ name: Name, soldOut: z.boolean(), until: Until }), nothing),
  /** The dishes of open orders and of those closed in the last 24 h, the most ordered first. */
  getDishes: call(nothing, z.array(z.string())),

  // Lookups.
  getHistory: call(HistoryQuery, HistoryPage),
  /** A search on the server is `unavailable` while it cannot be reached. */
  searchOrders: call(SearchQuery, SearchPage),
  /** An order and its history; `ticket` is null when the order was deleted or never reached this display. */
  getOrderStory: call(
    z.strictObject({ from: z.enum(SOURCES), orderId: OrderId }),
    z.object({ ticket: Ticket.nullable(), story: OrderStory }),
  ),
  getPathFigures: call(nothing, PathFigures),
  /** The whole history, page by page. */
  exportHistory: call(z.object({ before: z.int().min(1).nullable() }), HistoryExport),
  getQueue: call(nothing, QueueView),
  /** All undismissed failed commands, oldest first. */
  getFailedCommands: call(nothing, z.array(FailedCommand)),
  /** `unavailable` before the store is known. */
  getFigures: call(FiguresQuery, Figures),
  /** An archive for support, without secrets; contents: docs/desktop.md. */
  exportDiagnosis: call(nothing, Diagnosis),
  // The display itself.
  /** L2: polls and sends at once; replaces the socket if it is down. */
  refresh: call(nothing, z.object({ live: z.boolean() })),
  dismissTrouble: call(z.object({ trouble: z.enum(DISMISSIBLE_TROUBLES) }), nothing),
  /** Mutes this display; 0 or a restart unmutes it. */
  mute: call(z.object({ minutes: z.int().min(0).max(60) }), nothing),
  /** First run, one of two: a token made by the owner … */
  connectWithToken: call(z.object({ serverUrl: ServerUrl, token: z.string().min(1).max(512) }), nothing),
  /** … or a pairing code of six characters. */
  connectWithCode: call(z.object({ serverUrl: ServerUrl, code: z.string().min(1).max(32), deviceName: Name }), nothing),
  /** `not_allowed`: the patch changes protected settings, and the PIN has not been entered. */
  changeSettings: call(SettingsPatch, Settings),
  /** The default of every setting. */
  getDefaultSettings: call(nothing, Settings),
  exportSettings: call(nothing, z.object({ text: z.string() })),
  /** Imports the whole file or nothing; `wrong` names the invalid fields. */
  importSettings: call(z.strictObject({ text: z.string().max(1_000_000) }), z.object({ wrong: z.array(z.string()) })),
  /** Null removes the PIN. */
  setPin: call(z.strictObject({ pin: PinDigits.nullable() }), nothing),
  /** Locks again automatically. `waitMs`: how long the next try must wait after several wrong ones. */
  unlock: call(z.strictObject({ pin: PinDigits }), z.object({ unlocked: z.boolean(), waitMs: z.number() })),
  lock: call(nothing, nothing),
  /** Brings back what the end of the day took off this screen, or dismisses the message about it. */
  showCarriedOver: call(nothing, nothing),
  dismissCarriedOver: call(nothing, nothing),
  /** Prints an order, or null for a test page, on a printer of this screen; the paper is on the disk before the answer. */
  printPaper: call(z.strictObject({ printerId: z.string(), orderId: OrderId.nullable() }), nothing),
  /** What tills printed to this screen's computer; `unavailable`: its host cannot be a printer. */
  getTill: call(nothing, TillView),
  /** Stores the token with which tickets become orders. `not_allowed`: the PIN keeps it, or the token may not place orders here. */
  setTillToken: call(z.strictObject({ token: z.string().trim().min(1).max(512) }), nothing),
  /** Somebody has dealt with a ticket that the server refused. */
  dismissTillTicket: call(z.strictObject({ id: z.string() }), nothing),
  /** Prints the calling page without a dialog; a failure is a notice. In a browser the page prints itself. */
  print: call(nothing, nothing),
} as const;
export type CallName = keyof typeof BRIDGE_CALLS;
/** Calls that the host of a window answers, since they concern the window and not the display. In a browser: `unavailable`. */
export const HOST_CALLS = ['print'] as const satisfies readonly CallName[];
export type HostCall = (typeof HOST_CALLS)[number];
export const CALL_NAMES = Object.keys(BRIDGE_CALLS) as CallName[];
export type CallInput<K extends CallName> = z.output<(typeof BRIDGE_CALLS)[K]['input']>;
export type CallOutput<K extends CallName> = z.output<(typeof BRIDGE_CALLS)[K]['output']>;

/** Every push. `goTo` comes from the installed app and goes to one window; so do notices of files and the printer. */
export const BRIDGE_PUSHES = { board: BoardPatch, status: DisplayStatus, notice: Notice, goTo: GoTo } as const;
export type PushName = keyof typeof BRIDGE_PUSHES;
export const PUSH_NAMES = Object.keys(BRIDGE_PUSHES) as PushName[];
export type PushPayload<K extends PushName> = z.output<(typeof BRIDGE_PUSHES)[K]>;

export type Undo = () => void;

/** The core's end. It checks every input against its schema, whatever the carrier. */
export interface BridgeHost {
  call(name: string, input: unknown): Promise<Result<unknown, BridgeError>>;
  onPush(listener: <K extends PushName>(name: K, payload: PushPayload<K>) => void): Undo;
}

/** The screen's end. */
export interface Bridge {
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>, BridgeError>>;
  on<K extends PushName>(name: K, listener: (payload: PushPayload<K>) => void): Undo;
  /** Whether the carrier is up; over IPC it always is. Without a carrier the link is not live. */
  onCarrier(listener: (up: boolean) => void): Undo;
}

/**
 * The transport under a {@link Bridge}: preload's `window.bridge`, or a wrapper around the browser's socket (Socket.io at
 * path `BRIDGE_PATH`: `call(name, input)` with the Result in the ack; `push(name, payload)`).
 */
export interface Carrier {
  call(name: string, input: unknown): Promise<Result<unknown, BridgeError>>;
  onPush(listener: (name: string, payload: unknown) => void): Undo;
  /** Calls the listener at once with the current state, then on every change. */
  onUp(listener: (up: boolean) => void): Undo;
}
