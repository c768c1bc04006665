import type { SourceKind, SourceOutcome } from '#contract/source.ts';
import type { Status } from '#contract/status.ts';

/** The rows of order sources. See `database/tables.ts`. */
export interface SourceTables {
  sources: SourceRow;
  source_marks: SourceMarkRow;
  source_entries: SourceEntryRow;
  /** Orders that a webhook named and that are not read yet; `their_id` is empty: some changed. `rung` differs each time. */
  source_bells: { source_id: string; their_id: string; rung: string };
  source_pushes: SourcePushRow;
  caught_jobs: CaughtJobRow;
}

/** Where orders come from. What it waits for in the log is in `followers`. */
export interface SourceRow {
  id: string;
  store_id: string;
  kind: SourceKind;
  name: string;
  /** JSON. */
  settings: string;
  /** JSON, in plain text, since it calls the service and judges signatures. */
  secret: string;
  /** 0 or 1. */
  enabled: number;
  /** Names whose order ids are unique. */
  account: string;
  events_url: string;
  created_at: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
  /** Of the last page that was stored. */
  cursor: string | null;
  pulled_at: string | null;
  failing_since: string | null;
  problem: string | null;
}

/** What is known of an order of a source. It stays when the source is deleted. */
export interface SourceMarkRow {
  store_id: string;
  kind: SourceKind;
  account: string;
  their_id: string;
  order_id: string;
  /** The newest state that was taken. */
  mark: number;
  /** Digest of what they ordered, to see whether they changed it. */
  content: string;
  /** As they wrote it last. */
  their_status: string;
  /** The status that both sides know; null: they know none of ours. */
  agreed: Status | null;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

export interface SourceEntryRow {
  /** UUID v7: the newest is the highest. */
  id: string;
  source_id: string;
  at: string;
  what: string;
  external_id: string | null;
  outcome: SourceOutcome;
  detail: string | null;
}

/** A status that waits to be said. */
export interface SourcePushRow {
  source_id: string;
  order_id: string;
  their_id: string;
  status: Status;
  /** Of the first try. */
  since: string;
  tries: number;
  due_at: string;
}

/** A job that a till printed to a source. */
export interface CaughtJobRow {
  /** UUID v7: the newest is the highest. */
  id: string;
  source_id: string;
  /** ms since 1970. */
  at: number;
  hash: string;
  /** Digest of number, table and items, to know a reprint. */
  content: string;
  /** JSON of `Printed`. */
  printed: string;
  /** 1: its order is stored. */
  taken: number;
}
