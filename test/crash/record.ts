import type { Intent } from '#contract/command.ts';

/**
 * What the load generator knows, kept apart from everything under test: what it asked for, and what it was told.
 * `unknown`: whoever was asked died before he answered, so that it may have happened or not, but not twice.
 */
export interface CrashRecord {
  /** Orders by `externalId`, each asked for until it was answered. */
  orders: Map<string, OrderEntry>;
  /** Changes over HTTP, each with a mark that nothing else carries. */
  changes: HttpChange[];
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
  /** What the display answered, the tap being on its disk; null: unknown. */
  n: number | null;
}

export const emptyRecord = (): CrashRecord => ({ orders: new Map(), changes: [], taps: [] });
