import type { OnChanges } from '../clients/displays.ts';
import type { LightSocket } from '../clients/light-socket.ts';
import type { CpuProfile } from '../profile/record-profile.ts';

/** What a load is put on: a server, or some, as processes with the same API for the load. */
export interface Subject {
  /** @param node of its first display, the second is at the next one; orders go to all in turn */
  addStore(displays: number, node?: number): Promise<SubjectStore>;
  /** The CPU time that its processes took during the work, ms. */
  during(work: () => Promise<unknown>): Promise<number>;
  /** CPU time of its database's processes so far, ms; 0 if the database is part of its process. */
  databaseCpu(): number;
  /** Of its processes, bytes. */
  memory(): number;
  /** Ends its processes and starts them on the same data. */
  restart(): Promise<void>;
  /** Sends a signal to one of several processes, and waits for its end. */
  end(node: number, signal: NodeJS.Signals): Promise<void>;
  /** Recorded during the work, if it is a subject that is profiled. */
  profiles: CpuProfile[];
  stop(): Promise<void>;
}

/** An accepted order or change. */
export interface Accepted {
  id: string | number;
  seq: number;
}

export interface SubjectStore {
  /** Rejects unless it is accepted. */
  order(draft: object): Promise<Accepted>;
  note(id: string | number, note: string): Promise<Accepted>;
  /** Connects a display to what comes from now on. @param onEnd its connection was lost */
  connect(display: number, onChanges: OnChanges, onEnd?: () => void): Promise<LightSocket>;
  /** Fetches all orders. */
  everything(display: number): Promise<Fetched>;
  /** A display that has everything up to `from` connects and gets what is missing. @returns bytes */
  catchUp(display: number, from: Fetched['position'], to: number): Promise<number>;
  /** The same over HTTP, without a socket. */
  poll(display: number, from: Fetched['position'], to: number): Promise<number>;
}

/** All orders of a store as they were at a position, from which a display can go on. */
export interface Fetched {
  bytes: number;
  position: { epoch: string; cursor: number; hash: string | null };
}
