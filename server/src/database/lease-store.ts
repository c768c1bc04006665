import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A server's turn at a kind of work. `fence` grows each time the lease changes hands. */
export interface Lease {
  work: string;
  /** The server that has it. */
  holder: string;
  fence: number;
}

/** Leases in a database that several servers use. A lease that is not extended in time may be taken by another server. */
export interface LeaseStore {
  /** Takes those of these works that no server has, for so many ms. @returns what it took */
  take(works: readonly string[], holder: string, ms: number): Promise<Lease[]>;
  /** Extends leases, for so many ms from now on. @returns those that the holder still has */
  renew(leases: readonly Lease[], ms: number): Promise<Lease[]>;
  /** Lets another server take it at once. */
  release(lease: Lease): Promise<void>;
  /** Whether the holder still has it. If so, no server takes it before this transaction ends. */
  isHeld(tx: Transaction<Tables>, lease: Lease): Promise<boolean>;
}
