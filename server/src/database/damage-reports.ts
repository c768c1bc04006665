import type { Undo } from '#contract/bridge.ts';
import type { Damage, OnDamage } from './damage.ts';

const SENTENCES: Record<Damage['outcome'], string> = {
  rebuilt: 'it was rebuilt from its last change',
  older: 'its last changes are damaged too, so it was set back to the one before; check it',
  unwritten: 'it is shown as after its last change, but the database refuses to write it; restore a backup',
  left_out: 'nothing of it is readable; it is left out',
};

/** Logs each damaged row once and passes it on. */
export function createDamageReports(log: { error(details: object, message: string): void }): {
  report: OnDamage;
  onDamage(listener: OnDamage): Undo;
} {
  const listeners = new Set<OnDamage>();
  const reported = new Set<string>();
  return {
    report(damage) {
      const { row, outcome, storeId, orderId, seq, error } = damage;
      const key = JSON.stringify([row, outcome, storeId, orderId, seq]);
      if (reported.has(key)) return;
      reported.add(key);
      log.error({ storeId, orderId, seq, err: error }, `a damaged ${row} in the database: ${SENTENCES[outcome]}`);
      for (const listener of listeners) listener(damage);
    },
    onDamage(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
