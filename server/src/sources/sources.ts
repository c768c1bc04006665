import type { MadeSource, PullResult, Source, SourceDraft, SourceLogEntry, SourcePatch } from '#contract/source.ts';
import type { Once } from '../idempotency/once.ts';
import type { Heard } from './adapter.ts';
import type { OfKinds, SourceStates, SourceTotals } from './source-counts.ts';

/**
 * Where orders come from (contract, section 12). `storeId` is the caller's store; null: any. Another store's source is
 * `not_found`. Settings and secrets that the kind does not take are `invalid_request`, with the field.
 */
export interface Sources {
  /** @param base of `eventsUrl`, such as `https://orders.example` */
  create(storeId: string, draft: SourceDraft, base: string, once?: Once): Promise<MadeSource>;
  list(storeId: string): Promise<Source[]>;
  get(id: string, storeId: string | null): Promise<Source>;
  patch(id: string, patch: SourcePatch, storeId: string | null): Promise<Source>;
  remove(id: string, storeId: string | null): Promise<void>;
  /** Newest first. */
  log(id: string, storeId: string | null): Promise<SourceLogEntry[]>;
  /** Refuses with `conflict` and their words if the service does. */
  pull(id: string, storeId: string | null): Promise<PullResult>;
  /** A webhook of a service. When it resolves, what it says is durable. Refuses a wrong signature with `unauthorized`. */
  hear(id: string, heard: Heard): Promise<void>;
  /** What this process did; it only grows. */
  totals(): OfKinds<SourceTotals>;
  states(): OfKinds<SourceStates>;
}
