/** A display, as one server sees it. */
export interface NodeDisplay {
  deviceId: string;
  /** Since when it is live there, ISO; null: no longer. */
  since: string | null;
  /** Whether it has a socket there. */
  isConnected: boolean;
  /** Up to where it has stored the log; null: it must start over. */
  cursor: number | null;
}

/** The same, as the others read it. */
export interface FoundDisplay extends NodeDisplay {
  storeId: string;
  name: string;
  isRevoked: boolean;
}

export interface FoundNode {
  id: string;
  /** Of its newest display. */
  version: number;
  /** Since it was last seen, by the database's clock, ms. */
  ageMs: number;
}

/** What the servers of one database say of themselves there. */
export interface NodeStore {
  /** Adds a server, whose displays get versions from 1 on. */
  join(nodeId: string): Promise<void>;
  /** Says that a server lives. @returns false: it was removed, and its displays with it */
  beat(nodeId: string, version: number): Promise<boolean>;
  /** Stores what has changed under a version, which grows. Call {@link beat} with that version next. */
  put(nodeId: string, version: number, displays: readonly NodeDisplay[]): Promise<void>;
  /** The other servers. */
  others(nodeId: string): Promise<FoundNode[]>;
  /** The displays that a server has stored under later versions than this. */
  displaysOf(nodeId: string, after: number): Promise<FoundDisplay[]>;
  /** Removes a server with its displays. */
  remove(nodeId: string): Promise<void>;
}
