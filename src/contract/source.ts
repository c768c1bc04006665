import { z } from 'zod';
import { optional, StoreId, Timestamp, text } from './field-types.ts';

/** Where orders come from without an integrator: shops, tills and channels (contract, section 12). */

export const SOURCE_KINDS = ['standard', 'woocommerce', 'hubrise', 'square', 'shopify', 'print'] as const;
export const SourceKind = z.enum(SOURCE_KINDS);
export type SourceKind = z.infer<typeof SourceKind>;

/** What the settings and secrets of a kind may be, its adapter judges. */
const Fields = z.record(z.string(), z.unknown());
const Name = text(100, 1);

export const SourceDraft = z.strictObject({
  kind: SourceKind,
  name: Name,
  settings: optional(Fields),
  secret: optional(Fields),
  enabled: optional(z.boolean()),
});
export type SourceDraft = z.output<typeof SourceDraft>;

/** `settings` replaces all of them; in `secret`, a field that is absent stays as it is. */
export const SourcePatch = z.strictObject({
  name: optional(Name),
  settings: optional(Fields),
  secret: optional(Fields),
  enabled: optional(z.boolean()),
});
export type SourcePatch = z.output<typeof SourcePatch>;

export const Source = z.object({
  id: z.string(),
  storeId: StoreId,
  kind: SourceKind,
  name: z.string(),
  settings: Fields,
  enabled: z.boolean(),
  /** Where its webhooks go: absolute, and constant. */
  eventsUrl: z.string(),
  createdAt: Timestamp,
  /** The last pull that went through; null: none yet, or nothing is pulled from this kind. */
  pulledAt: Timestamp.nullable(),
  /** The first failure since the last success; null: it works. */
  failingSince: Timestamp.nullable(),
  /** Why it fails, in words for an owner. */
  problem: z.string().nullable(),
});
export type Source = z.infer<typeof Source>;

/** `secret` is there for `standard` only: made by the server, and shown once. */
export const MadeSource = Source.extend({ secret: z.string().optional() });
export type MadeSource = z.infer<typeof MadeSource>;

/** What became of something that came from a source or went to it. */
export const SOURCE_OUTCOMES = ['taken', 'unchanged', 'refused', 'failed'] as const;
export type SourceOutcome = (typeof SOURCE_OUTCOMES)[number];
export const SourceLogEntry = z.object({
  at: Timestamp,
  /** What it was, such as `order`, `webhook`, `pull`, `status`. */
  what: z.string(),
  /** null: it was about no order. */
  externalId: z.string().nullable(),
  outcome: z.enum(SOURCE_OUTCOMES),
  /** In words for an owner. */
  detail: z.string().nullable(),
});
export type SourceLogEntry = z.infer<typeof SourceLogEntry>;

/** How many orders a pull brought. */
export const PullResult = z.object({ taken: z.int(), unchanged: z.int(), refused: z.int() });
export type PullResult = z.infer<typeof PullResult>;
