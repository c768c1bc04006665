import { z } from 'zod';
import { COMMAND_PAYLOADS, COMMAND_TYPES, type CommandResult, type Intent } from './command.ts';
import { OrderId, optional, StoreId, Timestamp } from './field-types.ts';

/** The messages of `/admin` (contract, section 6; their payloads: ADR 14 and 15). */

/** Problems of an order, and of what a store is connected to. */
export const ORDER_ESCALATION_KINDS = ['undelivered', 'unacknowledged', 'no_display'] as const;
export const STORE_ESCALATION_KINDS = ['printer', 'webhook', 'source'] as const;
export const ESCALATION_KINDS = [...ORDER_ESCALATION_KINDS, ...STORE_ESCALATION_KINDS] as const;
export type OrderEscalationKind = (typeof ORDER_ESCALATION_KINDS)[number];
export type StoreEscalationKind = (typeof STORE_ESCALATION_KINDS)[number];
export type EscalationKind = (typeof ESCALATION_KINDS)[number];

/** A problem that somebody must know about (ADR 14, 33). */
export const Escalation = z.object({
  id: z.string(),
  storeId: z.string(),
  kind: z.enum(ESCALATION_KINDS),
  /** Null for the kinds of a store. `no_display`: the first order that arrived without a live display. */
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
  /** What is wrong and what to do, as sentences for the owner; null for the kinds of an order. */
  detail: z.string().nullable(),
  raisedAt: Timestamp,
  /** null: unresolved. */
  resolvedAt: Timestamp.nullable(),
});
export type Escalation = z.infer<typeof Escalation>;
export type OrderEscalation = Escalation & { kind: OrderEscalationKind; orderId: string; orderNumber: string };

const StoreIds = z.union([z.literal('*'), z.array(StoreId).min(1).max(1_000)]);
/** `{storeIds: "*" | […]}`, or `"*"` for short. It replaces the previous subscription. */
export const Subscription = z.union([
  z.literal('*').transform(() => ({ storeIds: '*' as const })),
  z.strictObject({ storeIds: StoreIds }),
]);
/** The head of each store's log; all later messages follow it. */
export interface SubscriptionAnswer {
  stores: { storeId: string; epoch: string; head: number }[];
}

/** An admin's intent: a command without its identity. A recall without `baseVersion` applies to any version. */
export type AdminCommand = Intent & { storeId: string; orderId: string; baseVersion?: number };
const envelope = { storeId: StoreId, orderId: OrderId, baseVersion: optional(z.int().min(0)) };
const commands = COMMAND_TYPES.map((type) =>
  z.strictObject({ ...envelope, type: z.literal(type), payload: COMMAND_PAYLOADS[type] }),
);
export const AdminCommand = z.discriminatedUnion('type', commands as never) as unknown as z.ZodType<AdminCommand>;
export type AdminCommandAnswer = Omit<CommandResult, 'commandId' | 'replayed'>;
