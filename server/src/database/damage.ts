/** A damaged row that was found. */
export interface Damage {
  row: 'order' | 'change';
  /**
   * `rebuilt`: an order as it was; `older`: an order as it was before its last changes, which are damaged too;
   * `unwritten`: as it was, but the database refused to write it; `left_out`: nothing of it is readable, and nobody is
   * shown it.
   */
  outcome: (typeof DAMAGE_OUTCOMES)[number];
  storeId: string | null;
  orderId?: string;
  /** Of a change. */
  seq?: number;
  /** Why an order could not be mended. */
  error?: unknown;
}
export const DAMAGE_OUTCOMES = ['rebuilt', 'older', 'unwritten', 'left_out'] as const;

export type OnDamage = (damage: Damage) => void;
