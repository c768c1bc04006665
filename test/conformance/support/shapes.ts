import { z } from 'zod';

/**
 * What a server sends, written out from sections 4 to 6 of the contract. A field may be missing where null is allowed,
 * and more fields than the contract names are nobody's harm: both come out the same.
 */

const orNull = <T extends z.ZodType>(shape: T) =>
  shape.nullish().transform((value): z.output<T> | null => value ?? null);

export const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'must be UTC with milliseconds');
const Money = z.int();
const Seq = z.int().min(0);

export const STATUSES = ['pending', 'preparing', 'ready', 'delivering', 'completed', 'rejected', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];
export const FULFILMENTS = ['pickup', 'delivery', 'dine_in', 'booking'] as const;
export const OPEN: readonly Status[] = ['pending', 'preparing', 'ready', 'delivering'];

export const Order = z.object({
  id: z.string(),
  storeId: z.string(),
  number: z.string(),
  externalId: orNull(z.string()),
  source: orNull(z.string()),
  fulfilment: z.enum(FULFILMENTS),
  status: z.enum(STATUSES),
  statusSince: Time,
  priority: z.boolean(),
  firedCourse: z.int(),
  customer: orNull(z.object({ ref: orNull(z.string()), name: orNull(z.string()), phone: orNull(z.string()) })),
  table: orNull(z.string()),
  covers: orNull(z.int()),
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      quantity: z.int(),
      modifiers: z.array(z.object({ name: z.string(), quantity: z.int() })),
      note: orNull(z.string()),
      allergens: z.array(z.string()),
      station: orNull(z.string()),
      course: orNull(z.int()),
      unitPriceMinor: orNull(Money),
      done: z.boolean(),
    }),
  ),
  note: orNull(z.string()),
  currency: z.string(),
  totalMinor: Money,
  payment: z.object({ status: z.enum(['unpaid', 'paid', 'refunded', 'failed']), method: orNull(z.string()) }),
  placedAt: Time,
  dueAt: orNull(Time),
  acknowledgedAt: orNull(Time),
  acknowledgedBy: orNull(z.string()),
  reason: orNull(z.string()),
  createdAt: Time,
  updatedAt: Time,
  version: z.int().min(1),
  seq: z.int().min(1),
});
export type Order = z.output<typeof Order>;

export const Tracked = z.object({ tracking: z.object({ token: z.string().min(1), url: z.string().min(1) }) });
export const OrderList = z.object({ orders: z.array(Order), nextBefore: orNull(z.string()) });

export const ERROR_STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  invalid_transition: 409,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;
const Code = z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]);
const Details = z.array(z.object({ path: z.string(), message: z.string() })).optional();

export const ErrorBody = z.object({
  error: z.object({ code: Code, message: z.string().min(1), details: Details, requestId: z.string().min(1) }),
});
/** What a wrong message on a socket is acked with. */
export const ErrorAck = z.object({ error: z.object({ code: Code, message: z.string().min(1), details: Details }) });

export const Store = z.object({ id: z.string(), name: z.string(), currency: z.string(), timeZone: z.string() });
export const NewDevice = z.object({ deviceId: z.string().min(1), token: z.string().min(16) });
export const DeviceList = z.object({
  devices: z.array(
    z.object({
      deviceId: z.string(),
      name: z.string(),
      role: z.enum(['display', 'integration']),
      createdAt: Time,
      lastSeenAt: orNull(Time),
      cursor: orNull(Seq),
      live: z.boolean(),
    }),
  ),
});

export const Change = z.object({
  seq: z.int().min(1),
  type: z.enum([
    'order_created',
    'order_updated',
    'order_status_changed',
    'payment_updated',
    'order_acknowledged',
    'order_deleted',
  ]),
  orderId: z.string(),
  at: Time,
  by: z.object({ role: z.string(), id: z.string(), name: z.string() }),
  cause: z.object({ deviceId: z.string(), commandId: z.string() }).optional(),
  previousStatus: z.enum(STATUSES).optional(),
  reason: z.string().optional(),
  order: Order.nullable().optional(),
});
export type Change = z.output<typeof Change>;
export const History = z.object({ changes: z.array(Change.extend({ order: Order.nullable() })) });

/** `changes` on the socket, and the larger part of a delta. */
export const Batch = z.object({
  epoch: z.string().min(1),
  from: Seq,
  to: Seq,
  hash: z.string().nullable(),
  head: Seq,
  changes: z.array(Change),
});
export type Batch = z.output<typeof Batch>;
export const REASONS = ['epoch', 'future', 'too_old', 'hash'] as const;
const Stand = { epoch: z.string().min(1), head: Seq, serverTime: Time };

export const Delta = Batch.extend({ mode: z.literal('delta'), serverTime: Time, known: z.boolean() });
export const StartOver = z.object({
  mode: z.literal('snapshot'),
  reason: z.enum(REASONS),
  ...Stand,
  known: z.boolean(),
});
export const Snapshot = z.object({
  epoch: z.string().min(1),
  seq: Seq,
  hash: z.string().nullable(),
  orders: z.array(Order),
  serverTime: Time,
});
export const Hello = z.object({
  protocol: z.literal(1),
  mode: z.enum(['delta', 'snapshot']),
  reason: z.enum(REASONS).optional(),
  ...Stand,
  known: z.boolean(),
});
export const Beat = z.object({ ...Stand, digest: z.string().optional() });

export const Result = z.object({
  commandId: z.string(),
  outcome: z.enum(['applied', 'already', 'superseded', 'rejected']),
  seq: Seq,
  code: z
    .enum([
      'order_cancelled',
      'too_late',
      'invalid_transition',
      'not_found',
      'stale',
      'invalid',
      'forbidden',
      'quarantined',
    ])
    .optional(),
  message: z.string().optional(),
  order: Order.optional(),
  replayed: z.boolean().optional(),
});
export type Result = z.output<typeof Result>;
export const CommandAnswer = z.object({
  epoch: z.string().min(1),
  results: z.array(Result),
  expected: z.string().optional(),
});
export const Known = z.object({ known: z.array(z.string()) });
export type CommandAnswer = z.output<typeof CommandAnswer>;

const Share = z.number().min(0).max(1);
export const Stats = z.object({
  orders: z.int().min(0),
  byStatus: z.partialRecord(z.enum(STATUSES), z.int().min(0)),
  revenueMinor: Money,
  averageMinor: orNull(z.number()),
  preparation: z.object({ medianSeconds: orNull(z.number().min(0)), p90Seconds: orNull(z.number().min(0)) }),
  onTimeShare: orNull(Share),
  perHour: z.array(z.object({ hour: z.union([z.string(), z.int()]), orders: z.int().min(0), revenueMinor: Money })),
});
export const Presence = z.object({
  displays: z.array(z.object({ deviceId: z.string(), name: z.string(), since: Time, cursor: orNull(Seq) })),
});
