/** A message as the broker has it. */
export interface Incoming {
  topic: string;
  partition: number;
  /** A whole number, as text: it may be beyond 2^53. */
  offset: string;
  /** ms since 1970, as text. */
  timestamp: string;
  key: Buffer | null;
  value: Buffer | null;
}

export interface Outgoing {
  topic: string;
  /** Messages of one key stay in order. */
  key: string | Buffer | null;
  value: string | Buffer | null;
  headers: Record<string, string>;
}

/**
 * What we need of Kafka. One file implements it, so that another client can replace it (ADR 47). A broker that is away
 * is tried for ever.
 */
export interface Broker {
  /** Resolves when all replicas in sync have the messages. Calls wait for each other. Rejects with {@link TooLargeForBroker}, or when the broker is away. */
  publish(messages: readonly Outgoing[]): Promise<void>;
  /**
   * Reads topics from where the group stands, a new group from the beginning. `handle` gets messages of one partition,
   * in order; the group moves after it resolves. If it rejects, it gets the same ones again after a pause.
   */
  consume(topics: readonly string[], handle: (messages: readonly Incoming[]) => Promise<void>): void;
  /** Ends both. Idempotent. */
  close(): Promise<void>;
}

/** The broker never takes messages of this size. */
export class TooLargeForBroker extends Error {}
