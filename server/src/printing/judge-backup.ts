import { UNDELIVERED_AFTER_MS } from '../escalation/evaluate.ts';
import type { ReceiptBook } from '../receipts/receipts.ts';

/** For how long a display that has the order may be away before it counts as gone, ms: a cut of the network is not one. */
const AWAY_MS = 10_000;

export interface BackupFacts {
  storeId: string;
  /** The number of the change with which the order arrived. */
  seq: number;
  /** Since the start of the server, ms. */
  runsMs: number;
}

/** Whether an order of which the time is up needs paper: `wait` while displays may only be connecting again. */
export function judgeBackup(
  receipts: Pick<ReceiptBook, 'presence' | 'maxAckedSeq' | 'offlineFor'>,
  { storeId, seq, runsMs }: BackupFacts,
): 'print' | 'fine' | 'wait' {
  if (receipts.presence(storeId).displays.some(({ cursor }) => cursor >= seq)) return 'fine';
  if (receipts.maxAckedSeq(storeId) < seq) return 'print';
  const offlineMs = receipts.offlineFor(storeId);
  return runsMs < UNDELIVERED_AFTER_MS || (offlineMs > 0 && offlineMs < AWAY_MS) ? 'wait' : 'print';
}
