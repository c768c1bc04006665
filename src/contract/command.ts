import { z } from 'zod';
import { Course, Instant, OrderId, optional, ShortText, text } from './field-types.ts';
import { Order, Reason } from './order.ts';
import { PAYMENT_STATUSES, STATUSES } from './status.ts';

/** Commands: the intents of a display (contract, sections 6 and 7, rules C1 to C6). */

const nothing = z.strictObject({});

/** Payload of each type. `set_payment` lists all statuses, so that a display's refund is answered with `forbidden`. */
export const COMMAND_PAYLOADS = {
  set_status: z.strictObject({ from: z.enum(STATUSES), to: z.enum(STATUSES), reason: optional(Reason) }),
  set_item_done: z.strictObject({ itemId: text(64, 1), done: z.boolean() }),
  acknowledge: nothing,
  set_priority: z.strictObject({ priority: z.boolean() }),
  set_due: z.strictObject({ dueAt: Instant.nullable() }),
  fire_course: z.strictObject({ course: Course }),
  /** Beyond C6: each item is prepared at this station from now on; null: where the rules say (ADR 68). */
  move_items: z.strictObject({
    items: z
      .array(z.strictObject({ itemId: text(64, 1), station: ShortText.nullable() }))
      .min(1)
      .max(200),
  }),
  set_payment: z.strictObject({ status: z.enum(PAYMENT_STATUSES), method: optional(ShortText) }),
} as const;
export type CommandType = keyof typeof COMMAND_PAYLOADS;
export const COMMAND_TYPES = Object.keys(COMMAND_PAYLOADS) as [CommandType, ...CommandType[]];
export type CommandPayload<T extends CommandType = CommandType> = z.output<(typeof COMMAND_PAYLOADS)[T]>;

/** A command without its envelope. One member per type, so that a switch on `type` knows the payload. */
export type Intent = { [T in CommandType]: { type: T; payload: CommandPayload<T> } }[CommandType];

const intents = COMMAND_TYPES.map((type) => z.object({ type: z.literal(type), payload: COMMAND_PAYLOADS[type] }));
/** Parses `{type, payload}`. */
export const Intent = z.discriminatedUnion('type', intents as never) as unknown as z.ZodType<Intent>;

/** The fields a command needs to be answered (C4). `after` is this display's previous command. */
const identity = {
  commandId: z.uuid(),
  after: z
    .uuid()
    .nullish()
    .transform((id) => id ?? null),
};
export const CommandIdentity = z.object(identity);
export type CommandIdentity = z.output<typeof CommandIdentity>;

const envelope = {
  ...identity,
  /** Older displays number their commands. Accepted and ignored. */
  n: z.unknown().optional(),
  orderId: OrderId,
  baseVersion: z.int().min(0),
  issuedAt: Instant,
};

/** One command, on the wire and in the queue. */
export type Command = Intent & {
  commandId: string;
  /** This display's previous command; null when there is none that the server must know (C1). */
  after: string | null;
  orderId: string;
  /** The version of the order that the user saw. */
  baseVersion: number;
  /** ISO. Only informative, except for the 12 hours of rule C4. */
  issuedAt: string;
};
const commands = COMMAND_TYPES.map((type) =>
  z.strictObject({ ...envelope, type: z.literal(type), payload: COMMAND_PAYLOADS[type] }),
);
export const Command = z.discriminatedUnion('type', commands as never) as unknown as z.ZodType<Command>;

export const OUTCOMES = ['applied', 'already', 'superseded', 'rejected'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const REJECTIONS = [
  'order_cancelled',
  'too_late',
  'invalid_transition',
  'not_found',
  'stale',
  'invalid',
  'forbidden',
  'quarantined',
] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** The server's answer to one command. `seq` is the head after it; `order` comes with `rejected` only. */
export const CommandResult = z.object({
  commandId: z.string(),
  outcome: z.enum(OUTCOMES),
  seq: z.int().min(0),
  code: z.enum(REJECTIONS).optional(),
  message: z.string().optional(),
  order: Order.optional(),
  replayed: z.boolean().optional(),
});
export type CommandResult = z.infer<typeof CommandResult>;

/** A batch; each command is checked separately, so an invalid one does not block the others. */
export const CommandBatch = z.strictObject({ commands: z.array(z.unknown()).min(1).max(50) });
export const CommandAnswer = z.object({
  epoch: z.string(),
  results: z.array(CommandResult),
  /** The `after` that the server does not know. It did not consume the command that names it or any behind it (C3). */
  expected: z.string().optional(),
});
export type CommandAnswer = z.infer<typeof CommandAnswer>;

export const MAX_KNOWN_IDS = 500;
/** Asks which commands of this device the server's ledger holds (C3). */
export const KnownQuery = z.strictObject({ ids: z.array(z.uuid()).min(1).max(MAX_KNOWN_IDS) });
export const KnownAnswer = z.object({ known: z.array(z.string()) });
export type KnownAnswer = z.infer<typeof KnownAnswer>;
