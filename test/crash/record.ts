import type { Intent } from '#contract/command.ts';

/**
 * What the load generator asked for and what it was answered, independent of everything under test. `unknown`: the process
 * died before it answered, so the request may have happened or not, but not twice.
 */
export interface CrashRecord {
  /** Orders by `externalId`, each asked for until it was answered. */
  orders: Map<string, OrderEntry>;
  /** Changes over HTTP, each with a unique mark. */
  changes: HttpChange[];
  /** In the order in which each display was asked. */
  taps: Tap[];
}

export interface OrderEntry {
  /** What the server answered; null: not answered yet. */
  id: string | null;
  /** Calls that it took. */
  tries: number;
}

export interface HttpChange {
  kind: 'note' | 'cancel';
  orderId: string;
  /** The note, or the reason. */
  mark: string;
  outcome: 'acknowledged' | 'refused' | 'unknown';
}

export interface Tap {
  deviceId: string;
  orderId: string;
  intent: Intent;
  /** What the display answered once the tap was on its disk; null: unknown. */
  commandId: string | null;
}

export const emptyRecord = (): CrashRecord => ({ orders: new Map(), changes: [], taps: [] });
