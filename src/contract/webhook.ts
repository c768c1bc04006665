import { z } from 'zod';
import { CHANGE_TYPES } from './decide.ts';
import { optional, Seq, StoreId, Timestamp, text } from './field-types.ts';

/** Outgoing webhooks (contract, section 11). */

/** The messages of the feed that a webhook may get; `stats_updated` is not sent. */
export const WEBHOOK_EVENTS = [...CHANGE_TYPES, 'availability', 'escalation'] as const;
export const WebhookEvent = z.enum(WEBHOOK_EVENTS);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

const Events = z
  .array(WebhookEvent)
  .min(1)
  .max(100)
  .transform((events) => [...new Set(events)]);
/** What the address may be is the server's to judge. */
const Url = text(2_000, 1);

export const WebhookDraft = z.strictObject({
  url: Url,
  events: optional(Events),
  disabled: optional(z.boolean()),
});
export type WebhookDraft = z.output<typeof WebhookDraft>;

/** `events` null: all of them. */
export const WebhookPatch = z.strictObject({
  url: optional(Url),
  events: Events.nullable().optional(),
  disabled: optional(z.boolean()),
});
export type WebhookPatch = z.output<typeof WebhookPatch>;

export const Webhook = z.object({
  id: z.string(),
  storeId: StoreId,
  url: z.string(),
  /** null: all. */
  events: z.array(WebhookEvent).nullable(),
  disabled: z.boolean(),
  createdAt: Timestamp,
  /** Every change up to this `seq` is delivered, not wanted, or given up. */
  cursor: Seq,
  /** The first failed try since the last success; null: it works. */
  failingSince: Timestamp.nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

/** Signs what is sent to a webhook; `whsec_` and base64. Shown once. */
export const WebhookSecret = z.object({ secret: z.string() });
export const MadeWebhook = Webhook.extend(WebhookSecret.shape);
export type MadeWebhook = z.infer<typeof MadeWebhook>;

/** One attempt to deliver a message: the status that it got, or why it got none. */
export const DeliveryTry = z.object({ at: Timestamp, status: z.int().optional(), error: z.string().optional() });
export type DeliveryTry = z.infer<typeof DeliveryTry>;

export const DELIVERY_STATES = ['waiting', 'delivered', 'undeliverable'] as const;
export const Delivery = z.object({
  /** The header `webhook-id`. */
  id: z.string(),
  /** null: the message is not a change. */
  seq: z.int().nullable(),
  type: z.string(),
  state: z.enum(DELIVERY_STATES),
  /** Oldest first. */
  tries: z.array(DeliveryTry),
  /** null: no further try. */
  nextTryAt: Timestamp.nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** The first change to send again. One after the head: nothing that has happened so far. */
export const Replay = z.strictObject({ from: z.int().min(0) });
