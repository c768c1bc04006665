import type { Intent } from '#contract/command.ts';

/**
 * The load's requests and their answers, independent of everything under test. `unknown`: the process died before it answered,
 * so the request may have happened once or not at all.
 */
export interface CrashRecord {
  /** Orders by `externalId`, each repeated until answered. */
  orders: Map<string, OrderEntry>;
  /** Changes over HTTP, each with a unique mark. */
  changes: HttpChange[];
  /** In the order in which each display got them. */
  taps: Tap[];
}

export interface OrderEntry {
  /** The server's answer; null: none yet. */
  id: string | null;
  /** The number of calls it took. */
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
  /** The display's answer once the tap was on disk; null: unknown. */
  commandId: string | null;
}

export const emptyRecord = (): CrashRecord => ({ orders: new Map(), changes: [], taps: [] });
