import { z } from 'zod';
import { HistoryEntry } from './history.ts';
import { PAYMENT_STATUSES, STATUSES } from './status.ts';
import { ROLES } from './sync.ts';
import { Waiting } from './waiting.ts';

/** An order's whole history, as a person wants it told. All times are ms of server time, but for those of the order itself. */

const fact = <K extends string, S extends z.ZodRawShape>(what: K, shape: S) =>
  z.object({ what: z.literal(what), ...shape });
const item = { name: z.string(), quantity: z.int() };
const payment = z.enum(PAYMENT_STATUSES).nullable();

/** One thing that a change did. */
export const OrderFact = z.discriminatedUnion('what', [
  fact('placed', { source: z.string().nullable(), status: z.enum(STATUSES).nullable() }),
  fact('status', { from: z.enum(STATUSES).nullable(), to: z.enum(STATUSES) }),
  fact('seen', {}),
  fact('payment', { from: payment, to: payment, method: z.string().nullable() }),
  fact('priority', { on: z.boolean() }),
  /** ISO, as in the order. */
  fact('due', { from: z.string().nullable(), to: z.string().nullable() }),
  fact('course', { course: z.int() }),
  fact('item_done', { ...item, done: z.boolean() }),
  fact('item_added', item),
  fact('item_removed', item),
  /** Its quantity, its modifiers, its note: `quantity` is the one it has now. */
  fact('item_changed', item),
  fact('note', { note: z.string().nullable() }),
  fact('detail', { field: z.enum(['number', 'customer', 'table', 'covers', 'total']) }),
  fact('deleted', {}),
  /** Something, but this display was not told what. */
  fact('changed', {}),
]);
export type OrderFact = z.infer<typeof OrderFact>;

/** One change by one hand. `by` is null when it came within a snapshot. */
export const OrderEvent = z.object({
  at: z.number(),
  by: z.object({ role: z.enum(ROLES), name: z.string() }).nullable(),
  reason: z.string().nullable(),
  facts: z.array(OrderFact),
});
export type OrderEvent = z.infer<typeof OrderEvent>;

export const OrderStory = z.object({
  /** Oldest first. */
  events: z.array(OrderEvent),
  /** Taps on this display that were refused, or came after the order's end: the server's history knows nothing of them. */
  refused: z.array(HistoryEntry),
  /** Taps on this display that the server has not answered. */
  waiting: z.array(Waiting),
  /** Since when this display has looked on; null: the events are the server's, and whole. */
  since: z.number().nullable(),
});
export type OrderStory = z.infer<typeof OrderStory>;
