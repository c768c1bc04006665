import { z } from 'zod';

/**
 * What a server sends, from sections 4 to 6 of the contract. A field may be missing where null is allowed (both parse to
 * null). Fields that the contract does not name are ignored.
 */

const orNull = <T extends z.ZodType>(shape: T) =>
  shape.nullish().transform((value): z.output<T> | null => value ?? null);

/** The same shape for several fields. */
const fields = <T extends z.ZodType, K extends string>(shape: T, ...names: K[]) =>
  Object.fromEntries(names.map((name) => [name, shape])) as Record<K, T>;

export const STATUSES = ['pending', 'preparing', 'ready', 'delivering', 'completed', 'rejected', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];
export const FULFILMENTS = ['pickup', 'delivery', 'dine_in', 'booking'] as const;
export const OPEN: readonly Status[] = ['pending', 'preparing', 'ready', 'delivering'];

export const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'must be UTC with milliseconds');
const Text = z.string();
const Filled = z.string().min(1);
const Count = z.int().min(0);
const Positive = z.int().min(1);

const Item = z.object({
  ...fields(Text, 'id', 'name'),
  ...fields(orNull(Text), 'note', 'station'),
  ...fields(orNull(z.int()), 'course', 'unitPriceMinor'),
  quantity: z.int(),
  modifiers: z.array(z.object({ name: Text, quantity: z.int() })),
  allergens: z.array(Text),
  done: z.boolean(),
});

export const Order = z.object({
  ...fields(Text, 'id', 'storeId', 'number', 'currency'),
  ...fields(orNull(Text), 'externalId', 'source', 'table', 'note', 'acknowledgedBy', 'reason'),
  ...fields(Time, 'statusSince', 'placedAt', 'createdAt', 'updatedAt'),
  ...fields(orNull(Time), 'dueAt', 'acknowledgedAt'),
  ...fields(z.int(), 'firedCourse', 'totalMinor'),
  ...fields(Positive, 'version', 'seq'),
  covers: orNull(z.int()),
  priority: z.boolean(),
  fulfilment: z.enum(FULFILMENTS),
  status: z.enum(STATUSES),
  customer: orNull(z.object(fields(orNull(Text), 'ref', 'name', 'phone'))),
  items: z.array(Item),
  payment: z.object({ status: z.enum(['unpaid', 'paid', 'refunded', 'failed']), method: orNull(Text) }),
});
export type Order = z.output<typeof Order>;

export const Tracked = z.object({ tracking: z.object(fields(Filled, 'token', 'url')) });
export const OrderList = z.object({ orders: z.array(Order), nextBefore: orNull(Text) });

export const ERROR_STATUS = {
  ...{ invalid_request: 400, unauthorized: 401, forbidden: 403, not_found: 404 },
  ...{ invalid_transition: 409, conflict: 409, too_large: 413, rate_limited: 429 },
  ...{ internal: 500, unavailable: 503 },
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

const ErrorShape = z.object({
  code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
  message: Filled,
  details: z.array(z.object(fields(Text, 'path', 'message'))).optional(),
});
export const ErrorBody = z.object({ error: ErrorShape.extend({ requestId: Filled }) });
/** The ack of a wrong message on a socket. */
export const ErrorAck = z.object({ error: ErrorShape });

export const Store = z.object(fields(Text, 'id', 'name', 'currency', 'timeZone'));
export const NewDevice = z.object({ deviceId: Filled, token: z.string().min(16) });
const ListedDevice = z.object({
  ...fields(Text, 'deviceId', 'name'),
  ...{ createdAt: Time, lastSeenAt: orNull(Time), cursor: orNull(Count), live: z.boolean() },
  role: z.enum(['display', 'integration', 'manager']),
});
export const DeviceList = z.object({ devices: z.array(ListedDevice) });

const CHANGES = ['created', 'updated', 'status_changed', 'acknowledged', 'deleted'] as const;
export const Change = z.object({
  seq: Positive,
  type: z.enum([...CHANGES.map((what) => `order_${what}` as const), 'payment_updated']),
  orderId: Text,
  at: Time,
  by: z.object(fields(Text, 'role', 'id', 'name')),
  cause: z.object(fields(Text, 'deviceId', 'commandId')).optional(),
  previousStatus: z.enum(STATUSES).optional(),
  reason: Text.optional(),
  order: Order.nullable().optional(),
});
export const History = z.object({ changes: z.array(Change.extend({ order: Order.nullable() })) });

/** `changes` on the socket, and the larger part of a delta. */
export const Batch = z.object({
  epoch: Filled,
  hash: Text.nullable(),
  ...fields(Count, 'from', 'to', 'head'),
  changes: z.array(Change),
});
export type Batch = z.output<typeof Batch>;

const Reason = z.enum(['epoch', 'future', 'too_old', 'hash']);
const Head = { epoch: Filled, head: Count, serverTime: Time };
export const Delta = Batch.extend({ mode: z.literal('delta'), serverTime: Time, known: z.boolean() });
export const StartOver = z.object({ ...Head, mode: z.literal('snapshot'), reason: Reason, known: z.boolean() });
export const Hello = z.object({
  ...Head,
  protocol: z.literal(1),
  mode: z.enum(['delta', 'snapshot']),
  reason: Reason.optional(),
  known: z.boolean(),
});
export const Beat = z.object({ ...Head, digest: Text.optional() });
export const Snapshot = z.object({
  epoch: Filled,
  seq: Count,
  hash: Text.nullable(),
  orders: z.array(Order),
  serverTime: Time,
});

const MOVED_ON = ['order_cancelled', 'too_late', 'invalid_transition', 'not_found', 'stale'] as const;
export const Result = z.object({
  commandId: Text,
  outcome: z.enum(['applied', 'already', 'superseded', 'rejected']),
  seq: Count,
  code: z.enum([...MOVED_ON, 'invalid', 'forbidden', 'quarantined']).optional(),
  message: Text.optional(),
  order: Order.optional(),
  replayed: z.boolean().optional(),
});
export type Result = z.output<typeof Result>;
export const CommandAnswer = z.object({ epoch: Filled, results: z.array(Result), expected: Text.optional() });
export const Known = z.object({ known: z.array(Text) });

const Seconds = orNull(z.number().min(0));
const Hour = z.object({ hour: z.union([Text, z.int()]), orders: Count, revenueMinor: z.int() });
export const Stats = z.object({
  orders: Count,
  byStatus: z.partialRecord(z.enum(STATUSES), Count),
  revenueMinor: z.int(),
  averageMinor: orNull(z.number()),
  preparation: z.object({ medianSeconds: Seconds, p90Seconds: Seconds }),
  onTimeShare: orNull(z.number().min(0).max(1)),
  perHour: z.array(Hour),
});
const Present = z.object({ ...fields(Text, 'deviceId', 'name'), since: Time, cursor: orNull(Count) });
export const Presence = z.object({ displays: z.array(Present) });
