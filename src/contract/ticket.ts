import { z } from 'zod';
import { Order } from './order.ts';
import { STATUSES } from './status.ts';

/** The contents of the board. All times are ms of server time (L3). */

/** What somebody outside the kitchen changed in an order after it was seen here. Each list may be empty. */
export const Marks = z.object({
  /** New items and items with a raised quantity: how many more. */
  added: z.array(z.object({ itemId: z.string(), quantity: z.int() })),
  /** Ids of items whose name, modifiers, note, allergens or course changed. */
  changed: z.array(z.string()),
  /** Ids of items that went to another station. */
  moved: z.array(z.string()),
  /** Removed items and items with a lowered quantity: how many fewer. */
  removed: z.array(z.object({ name: z.string(), station: z.string().nullable(), quantity: z.int() })),
  fields: z.array(z.enum(['note', 'table', 'covers', 'dueAt', 'number', 'customer'])),
});
export type Marks = z.infer<typeof Marks>;

/** One order as shown: the confirmed order with this display's unanswered commands applied (S5). */
export const Ticket = z.object({
  order: Order,
  /** This display has an unanswered command for it. */
  pending: z.boolean(),
  /** When its age began, and when it turns to `warning` and `late`; null when it does not age (closed, or due later). */
  ageFrom: z.number(),
  warningAt: z.number().nullable(),
  lateAt: z.number().nullable(),
  /** Kept until `seenMarks` or until the order is done; null: nothing has changed since it was seen. */
  marks: Marks.nullable(),
  /**
   * Somebody else cancelled or rejected it while it was open here, in this status. Food may be on the stove, so it stays
   * on the screen, struck through, until `seenMarks`. Null otherwise.
   */
  ended: z.object({ from: z.enum(STATUSES) }).nullable(),
});
export type Ticket = z.infer<typeof Ticket>;

/**
 * All open orders, orders called off elsewhere that nobody has seen, and at most 50 orders closed in the last 60 minutes,
 * which can still be recalled or read.
 */
export const Board = z.object({
  /** Number of the last patch it includes. */
  n: z.int(),
  /** False until the cache has been read. */
  loaded: z.boolean(),
  tickets: z.array(Ticket),
});
export type Board = z.infer<typeof Board>;

/** Newest first by `createdAt`. A search examines a limited number of orders per page: a short or empty page may have a next one. */
export const SearchPage = z.object({
  tickets: z.array(Ticket),
  /** How far back the search reached, days; null: everything the server keeps. Open orders are always included. */
  days: z.number().nullable(),
  nextBefore: z.string().nullable(),
});
export type SearchPage = z.infer<typeof SearchPage>;

/** Numbered; after a gap in `n` the screen asks for the whole board. */
export const BoardPatch = z.object({
  n: z.int(),
  upserts: z.array(Ticket),
  removes: z.array(z.string()),
  /** Full reload (a start, a snapshot): differences are not new events. */
  reset: z.literal(true).optional(),
});
export type BoardPatch = z.infer<typeof BoardPatch>;
