import { z } from 'zod';
import {
  Course,
  Currency,
  Instant,
  Minor,
  Name,
  Note,
  optional,
  Quantity,
  ShortText,
  StatusWord,
  StoreId,
  Timestamp,
  text,
} from './field-types.ts';
import { FULFILMENTS, PAYMENT_STATUSES, STATUSES } from './status.ts';

/** A whole order, as the server stores and sends it (contract, section 4). Every field is present; absent is null. */

export const Modifier = z.object({ name: z.string(), quantity: z.int() });
export const Item = z.object({
  id: z.string(),
  name: z.string(),
  quantity: z.int(),
  modifiers: z.array(Modifier),
  note: z.string().nullable(),
  allergens: z.array(z.string()),
  station: z.string().nullable(),
  course: z.int().nullable(),
  unitPriceMinor: z.int().nullable(),
  done: z.boolean(),
});
export type Item = z.infer<typeof Item>;

export const Customer = z.object({
  ref: z.string().nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
});
export const Payment = z.object({ status: z.enum(PAYMENT_STATUSES), method: z.string().nullable() });

export const Order = z.object({
  id: z.string(),
  storeId: z.string(),
  number: z.string(),
  externalId: z.string().nullable(),
  source: z.string().nullable(),
  fulfilment: z.enum(FULFILMENTS),
  status: z.enum(STATUSES),
  statusSince: Timestamp,
  priority: z.boolean(),
  firedCourse: z.int(),
  customer: Customer.nullable(),
  table: z.string().nullable(),
  covers: z.int().nullable(),
  items: z.array(Item),
  note: z.string().nullable(),
  currency: z.string(),
  totalMinor: z.int(),
  payment: Payment,
  placedAt: Timestamp,
  dueAt: Timestamp.nullable(),
  acknowledgedAt: Timestamp.nullable(),
  acknowledgedBy: z.string().nullable(),
  reason: z.string().nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  version: z.int().min(1),
  seq: z.int().min(1),
});
export type Order = z.infer<typeof Order>;
/** The answer of `GET /orders`: a page, newest first. */
export const OrderList = z.object({ orders: z.array(Order), nextBefore: z.string().nullable() });

/* What comes in. Unknown fields are refused by name; null is the same as absent. */

const ModifierDraft = z.strictObject({ name: Name, quantity: optional(Quantity) });
export const ItemDraft = z.strictObject({
  id: optional(text(64, 1)),
  name: Name,
  quantity: Quantity,
  modifiers: optional(z.array(ModifierDraft).max(100)),
  note: optional(Note),
  allergens: optional(z.array(text(100, 1)).max(50)),
  station: optional(ShortText),
  course: optional(Course),
  unitPriceMinor: optional(Minor),
  done: optional(z.boolean()),
});
export type ItemDraft = z.output<typeof ItemDraft>;

const ItemDrafts = z
  .array(ItemDraft)
  .min(1)
  .max(200)
  .superRefine((items, ctx) => {
    const seen = new Set<string>();
    for (const [i, { id }] of items.entries()) {
      if (id === undefined) continue;
      if (seen.has(id)) ctx.addIssue({ code: 'custom', path: [i, 'id'], message: 'must be unique within the order' });
      seen.add(id);
    }
  });

const CustomerDraft = z.strictObject({
  ref: optional(ShortText),
  name: optional(ShortText),
  phone: optional(text(64)),
});
const PaymentDraft = z.strictObject({ status: z.enum(PAYMENT_STATUSES), method: optional(ShortText) });
const Covers = z.int().min(1).max(9_999);

/** The body of `POST /orders`. `storeId` is for admins, who must name the store. */
export const OrderDraft = z.strictObject({
  storeId: optional(StoreId),
  number: optional(text(20, 1)),
  externalId: optional(text(200, 1)),
  source: optional(ShortText),
  /** Absent means pickup. An explicit null is refused, as the one exception to "null is absent". */
  fulfilment: z.enum(FULFILMENTS).optional(),
  status: optional(StatusWord),
  priority: optional(z.boolean()),
  customer: optional(CustomerDraft),
  table: optional(ShortText),
  covers: optional(Covers),
  items: ItemDrafts,
  note: optional(Note),
  currency: Currency,
  totalMinor: Minor,
  payment: optional(PaymentDraft),
  placedAt: optional(Instant),
  dueAt: optional(Instant),
});
export type OrderDraft = z.output<typeof OrderDraft>;
/** What another system's order or a till's ticket says. What cannot be mapped is in the note. */
export type MappedDraft = Omit<OrderDraft, 'storeId' | 'externalId' | 'source' | 'status'>;

/** The body of `PATCH /orders/:id`; an empty text clears a field, since null is the same as absent. */
export const OrderPatch = z.strictObject({
  customer: optional(CustomerDraft),
  table: optional(ShortText),
  covers: optional(Covers),
  items: optional(ItemDrafts),
  note: optional(Note),
  priority: optional(z.boolean()),
  dueAt: optional(Instant),
  totalMinor: optional(Minor),
  number: optional(text(20, 1)),
});
export type OrderPatch = z.output<typeof OrderPatch>;

export const Reason = text(500, 1);
/** The body of `POST /orders/:id/status`. */
export const StatusRequest = z.strictObject({ status: StatusWord, reason: optional(Reason) });
/** The body of `POST /orders/:id/payment`. */
export const PaymentRequest = z.strictObject({ status: z.enum(PAYMENT_STATUSES), method: optional(ShortText) });
