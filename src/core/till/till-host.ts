import type { Layout } from '#contract/caught-job.ts';
import type { MappedDraft } from '#contract/order.ts';

/** What a host gives a display so that its computer can be a kitchen printer to tills (ADR 56). */
export interface TillHost {
  /** The addresses of this computer, for the till. */
  addresses(): string[];
  /** Whether there is a database of tickets: some may wait, even if tills cannot print now. */
  hasTickets(): boolean;
  /** Throws `StorageError`. */
  openTickets(): TicketStore;
  /**
   * Listens as a printer. While `keep` throws, tills see one that is off line. Rejects with a {@link PortError}.
   *
   * @returns ends it; what was printed without a cut is kept by then
   */
  listen(options: ListenOptions): Promise<() => Promise<void>>;
  /** What an order has that is made of a ticket. */
  draftOf(ticket: CaughtTicket, layout: Layout, currency: string): Promise<MappedDraft>;
}

export interface ListenOptions {
  port: number;
  layout: Layout;
  /**
   * Stores a ticket: durable when it returns. Throws if it cannot.
   *
   * @param content equal for a reprint
   */
  keep(printed: PrintedTicket, content: string, isReprint: boolean): void;
  /** What was printed is no ticket, or a picture of one. */
  refused(what: 'picture' | 'noise', from: string): void;
}

export class PortError extends Error {
  readonly isTaken: boolean;
  constructor(isTaken: boolean, message: string) {
    super(message);
    this.isTaken = isTaken;
  }
}

/** What the core knows of what was printed. The host knows more, and stores all of it as JSON. */
export interface PrintedTicket {
  lines: readonly { text: string }[];
  /** Of its bytes. */
  hash: string;
}

export interface CaughtTicket {
  /** Rows are in the order in which they were printed. */
  n: number;
  /** Makes its order's `externalId`. */
  id: string;
  /** ms, server time. */
  at: number;
  printed: PrintedTicket;
}
export interface OpenTicket extends CaughtTicket {
  state: 'waiting' | 'refused';
  why: string | null;
}

/** The tickets of tills, in a database. Each must become an order once. All calls throw `StorageError`. */
export interface TicketStore {
  /** False: it is one that was printed before. Durable when it returns. */
  keep(ticket: Omit<CaughtTicket, 'n'>, content: string, isReprint: boolean): boolean;
  /** The first that waits behind the row `n`. */
  waitingAfter(n: number): CaughtTicket | null;
  /** The oldest first. */
  open(limit: number): OpenTicket[];
  counts(): { waiting: number; refused: number };
  /** Does nothing if there is no such ticket. `done` tickets are forgotten once none can repeat them. */
  settle(id: string, state: 'done' | 'refused', why: string | null): void;
  /** Idempotent. */
  close(): void;
}
