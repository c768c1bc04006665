import { z } from 'zod';
import { COMMAND_TYPES, OUTCOMES } from './command.ts';
import { CHANGE_TYPES } from './decide.ts';
import { FAILURES } from './failed-command.ts';
import { LINK_CAUSES, LINK_STATES } from './link.ts';
import { STATUSES } from './status.ts';
import { RESET_REASONS, ROLES } from './sync.ts';

/**
 * A display's event history of the last 14 days: changes with path and delay, link states, taps and their answers. All
 * times are ms of server time.
 */

/** How a change arrived: by socket, by an HTTP poll, or within a snapshot. */
export const PATHS = ['socket', 'poll', 'snapshot'] as const;
export type Path = (typeof PATHS)[number];

/** Why a snapshot was loaded: the cache was empty, one of rule S2's reasons, or a different digest (S6). */
export const SNAPSHOT_REASONS = ['first', ...RESET_REASONS, 'digest'] as const;
export type SnapshotReason = (typeof SNAPSHOT_REASONS)[number];

export const DISPLAY_EVENTS = [
  'started',
  'sent_again',
  'disk_full',
  'disk_failed',
  'files_removed',
  'queue_set_aside',
  'cache_rebuilt',
  'server_restored',
  'clock_wrong',
] as const;
export type DisplayEvent = (typeof DISPLAY_EVENTS)[number];

const about = { orderId: z.string(), orderNumber: z.string().nullable() };
const intent = { intent: z.enum(COMMAND_TYPES), payload: z.record(z.string(), z.unknown()) };
const status = z.enum(STATUSES).nullable();
/** `id` grows with each entry; `at` is when it was recorded here. */
const entry = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ id: z.int(), at: z.number(), kind: z.literal(kind), ...shape });

export const HistoryEntry = z.discriminatedUnion('kind', [
  /** One change of one order. `seq` and `by` are null if it arrived within a snapshot, `status` if it is unknown. */
  entry('change', {
    ...about,
    type: z.enum(CHANGE_TYPES),
    path: z.enum(PATHS),
    /** From the change's own time to when it was on this disk. */
    delayMs: z.number(),
    seq: z.int().nullable(),
    status,
    previousStatus: status,
    by: z.object({ role: z.enum(ROLES), name: z.string() }).nullable(),
    reason: z.string().nullable(),
  }),
  /** A snapshot: its number of orders, and how many of them differed from this display's copy. */
  entry('snapshot', { reason: z.enum(SNAPSHOT_REASONS), orders: z.int(), changed: z.int() }),
  entry('link', { state: z.enum(LINK_STATES), before: z.enum(LINK_STATES), cause: z.enum(LINK_CAUSES).nullable() }),
  entry('tap', { ...about, ...intent, commandId: z.string() }),
  entry('answer', {
    ...about,
    ...intent,
    commandId: z.string(),
    tappedAt: z.number(),
    outcome: z.enum(OUTCOMES),
    code: z.enum(FAILURES).nullable(),
    message: z.string().nullable(),
  }),
  /** Work was done on an already cancelled order: the food is wasted, and somebody may have to be paid for it. */
  entry('prepared_after_cancel', { ...about, ...intent, tappedAt: z.number(), cancelledAt: z.number() }),
  /** The display itself. `count`: how many taps, for `sent_again`. */
  entry('display', { what: z.enum(DISPLAY_EVENTS), count: z.int().nullable() }),
]);
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const HISTORY_KINDS = HistoryEntry.options.map((option) => option.shape.kind.value) as [
  HistoryEntry['kind'],
  ...HistoryEntry['kind'][],
];
export type HistoryKind = HistoryEntry['kind'];

/** Newest first. A search examines a limited number of entries per page: a short or empty page may have a next one. */
export const HistoryPage = z.object({ entries: z.array(HistoryEntry), nextBefore: z.int().nullable() });
export type HistoryPage = z.infer<typeof HistoryPage>;
export const HistoryQuery = z.strictObject({
  /** In numbers, names and reasons; case-insensitive. */
  search: z.string().max(100).optional(),
  kinds: z.array(z.enum(HISTORY_KINDS)).optional(),
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(200),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** Count and delay of the changes that arrived by one path; null without any. */
export const PathFigure = z.object({
  count: z.int(),
  medianMs: z.number().nullable(),
  maxMs: z.number().nullable(),
});
export const PathFigures = z.object({
  /** When the oldest entry was recorded; null: there is none. */
  since: z.number().nullable(),
  socket: PathFigure,
  poll: PathFigure,
  snapshot: PathFigure,
  /** How often the link was restored. */
  reconnects: z.int(),
});
export type PathFigures = z.infer<typeof PathFigures>;

/** JSON lines, newest first, and where the next page continues; null: that was the last. */
export const HistoryExport = z.object({ lines: z.string(), nextBefore: z.int().nullable() });
export type HistoryExport = z.infer<typeof HistoryExport>;
