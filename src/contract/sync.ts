import { z } from 'zod';
import { CHANGE_TYPES } from './decide.ts';
import { optional, Seq, Timestamp } from './field-types.ts';
import { Order } from './order.ts';
import { STATUSES } from './status.ts';

/** The messages of `/store` and of its HTTP fallback (contract, sections 5 to 7). */

export const PROTOCOL = 1;
/** Interval of engine heartbeat and application beat, ms; a dead link is detected within {@link LIVE_WITHIN_MS}. */
export const BEAT_MS = 5_000;
export const LIVE_WITHIN_MS = 12_000;
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Limit for a batch of changes, and for results, in bytes. */
export const BATCH_BYTES = 192 * 1024;
export const BATCH_CHANGES = 200;
export const MAX_BATCHES_AHEAD = 4;
export const MAX_COMMANDS = 50;

export const ROLES = ['admin', 'manager', 'integration', 'display', 'customer', 'system'] as const;
export const By = z.object({ role: z.enum(ROLES), id: z.string(), name: z.string() });
export type By = z.infer<typeof By>;
/** Accepts the orders of some sources, by a second change right after their creation (contract, section 16). */
export const AUTO_ACCEPT = { role: 'system', id: 'auto-accept', name: 'auto-accept' } as const satisfies By;

/** One numbered log entry. `order`: whole; null when deleted; absent when a later change of the batch carries it. */
export const Change = z.object({
  seq: z.int().min(1),
  type: z.enum(CHANGE_TYPES),
  orderId: z.string(),
  at: Timestamp,
  by: By,
  cause: z.object({ deviceId: z.string(), commandId: z.string() }).optional(),
  previousStatus: z.enum(STATUSES).optional(),
  reason: z.string().optional(),
  order: Order.nullable().optional(),
});
export type Change = z.infer<typeof Change>;
/** The answer of `GET /orders/:id/history`: oldest first, each with its `order`. */
export const ChangeList = z.object({ changes: z.array(Change) });

/** The changes after `from` up to `to`; `hash` is the log's rolling hash at `to`. */
export const Changes = z.object({
  epoch: z.string(),
  from: Seq,
  to: Seq,
  hash: z.string().nullable(),
  head: Seq,
  changes: z.array(Change),
});
export type Changes = z.infer<typeof Changes>;

/** A display's position in the log: epoch null the first time; the hash at 0 is null. */
export const Position = z.object({
  epoch: z.string().max(128).nullable(),
  cursor: Seq,
  hash: z.string().max(128).nullable(),
});
export type Position = z.infer<typeof Position>;

/** A display sends hello when the socket is up, and after every snapshot. `answered`: its last answered command. */
export const Hello = Position.extend({ answered: optional(z.uuid()) });

export const RESET_REASONS = ['epoch', 'future', 'too_old', 'hash'] as const;
export type ResetReason = (typeof RESET_REASONS)[number];

export const HelloAnswer = z.object({
  protocol: z.int(),
  mode: z.enum(['delta', 'snapshot']),
  reason: z.enum(RESET_REASONS).optional(),
  epoch: z.string(),
  head: Seq,
  serverTime: Timestamp,
  /** Whether the ledger holds `answered`; true when that is null (C3). */
  known: z.boolean(),
});
export type HelloAnswer = z.infer<typeof HelloAnswer>;

export const Beat = z.object({ epoch: z.string(), head: Seq, serverTime: Timestamp, digest: z.string().optional() });
export type Beat = z.infer<typeof Beat>;

export const Got = z.object({ cursor: Seq });

/** The answer of `GET /sync`. */
export const SyncAnswer = z.discriminatedUnion('mode', [
  Changes.extend({ mode: z.literal('delta'), serverTime: Timestamp, known: z.boolean() }),
  z.object({
    mode: z.literal('snapshot'),
    reason: z.enum(RESET_REASONS),
    epoch: z.string(),
    head: Seq,
    serverTime: Timestamp,
    known: z.boolean(),
  }),
]);
export type SyncAnswer = z.infer<typeof SyncAnswer>;

/** The answer of `GET /snapshot`. */
export const Snapshot = z.object({
  epoch: z.string(),
  seq: Seq,
  hash: z.string().nullable(),
  orders: z.array(Order),
  serverTime: Timestamp,
});
export type Snapshot = z.infer<typeof Snapshot>;
/** The header of `GET /snapshot` in which a display says why it asks, as a `SnapshotReason`. */
export const SNAPSHOT_REASON_HEADER = 'snapshot-reason';

export const Stats = z.object({
  orders: z.int(),
  byStatus: z.record(z.enum(STATUSES), z.int()),
  revenueMinor: z.int(),
  averageMinor: z.int(),
  preparation: z.object({ medianSeconds: z.number().nullable(), p90Seconds: z.number().nullable() }),
  onTimeShare: z.number().nullable(),
  perHour: z.array(z.object({ hour: z.string(), orders: z.int(), revenueMinor: z.int() })),
});
export type Stats = z.infer<typeof Stats>;

export const Presence = z.object({
  displays: z.array(z.object({ deviceId: z.string(), name: z.string(), since: Timestamp, cursor: Seq })),
});
export type Presence = z.infer<typeof Presence>;

/** Characters of a token, of any kind; those of customers contain their `customer.ref`. */
export const MAX_TOKEN = 2_048;

/** The handshake data of a display for `/store`. */
export const Handshake = z.object({
  token: z.string().max(MAX_TOKEN),
  protocol: z.number(),
  appVersion: z.string().max(64).optional(),
});
