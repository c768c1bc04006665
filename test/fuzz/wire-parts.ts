import type { Random } from '#test/support/random.ts';
import type { Conditions } from './conditions.ts';
import type { ServerLife } from './sim-server.ts';

/** What the wire reports to the checks. */
export interface WireWatch {
  /** The display sends commands; call the result with the answer. */
  commandsSent(): (answer: unknown | null) => void;
  /** The display checks the ledger. */
  ledgerAsked(): void;
  /** The display confirms this position. */
  got(cursor: number): void;
  /** The server answers commands. */
  answered(answer: unknown): void;
  /** How many batches are unconfirmed. */
  ahead(batches: number): void;
}

export interface WireOptions {
  now(): number;
  after(ms: number, run: () => void): unknown;
  random: Random;
  server(): ServerLife | null;
  watch: WireWatch;
}

export interface WireParts extends WireOptions {
  conditions: Conditions;
}
