import { z } from 'zod';
import { HistoryEntry } from './history.ts';
import { PAYMENT_STATUSES, STATUSES } from './status.ts';
import { ROLES } from './sync.ts';
import { Waiting } from './waiting.ts';

/** An order's whole history, for display. All times are ms of server time, except those of the order itself. */

const fact = <K extends string, S extends z.ZodRawShape>(what: K, shape: S) =>
  z.object({ what: z.literal(what), ...shape });
const item = { name: z.string(), quantity: z.int() };
const payment = z.enum(PAYMENT_STATUSES).nullable();

/** One effect of a change. */
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
  /** Quantity, modifiers or note changed; `quantity` is the current one. */
  fact('item_changed', item),
  /** To be made at this station, in the words of the order; null: where the rules say. */
  fact('item_moved', { ...item, station: z.string().nullable() }),
  fact('note', { note: z.string().nullable() }),
  fact('detail', { field: z.enum(['number', 'customer', 'table', 'covers', 'total']) }),
  fact('deleted', {}),
  /** A change whose content this display does not know. */
  fact('changed', {}),
]);
export type OrderFact = z.infer<typeof OrderFact>;

/** One change by one author. `by` is null if it arrived within a snapshot. */
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
  /** This display's taps that were refused or came after the order's end. They are not in the server's history. */
  refused: z.array(HistoryEntry),
  /** This display's unanswered taps. */
  waiting: z.array(Waiting),
  /** Since when this display has recorded events; null: the events are the server's and complete. */
  since: z.number().nullable(),
});
export type OrderStory = z.infer<typeof OrderStory>;
