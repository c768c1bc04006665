/** How a display is live on one node. */
export interface LiveState {
  /** ISO. */
  since: string;
  /** Whether it has a socket there; else it polls. */
  isConnected: boolean;
  /** Up to where it has stored the log; null: it must start over. */
  cursor: number | null;
}

/**
 * Of two nodes where a display is live, the one that knows it better: where it has a socket, else where it came last. All nodes
 * choose alike.
 */
export function newerState<T extends LiveState>(one: T | null, other: T | null): T | null {
  if (!one || !other) return one ?? other;
  if (one.isConnected !== other.isConnected) return one.isConnected ? one : other;
  return one.since >= other.since ? one : other;
}
