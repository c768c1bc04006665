import type { Undo } from '#contract/bridge.ts';
import { DAMAGE, type Damage, type OnDamage } from './damage.ts';

/** Logs each damaged row once and passes it on. A new listener also gets those that were found before. */
export function createDamageReports(log: { error(details: object, message: string): void }): {
  report: OnDamage;
  onDamage(listener: OnDamage): Undo;
} {
  const listeners = new Set<OnDamage>();
  const reported = new Map<string, Damage>();
  return {
    report(damage) {
      const { row, outcome, error, ...where } = damage;
      const id = JSON.stringify([row, outcome, where]);
      if (reported.has(id)) return;
      reported.set(id, damage);
      const sentences: Record<string, string> = DAMAGE[row];
      log.error({ ...where, err: error }, `a damaged ${row} in the database: ${sentences[outcome]}`);
      for (const listener of listeners) listener(damage);
    },
    onDamage(listener) {
      for (const damage of reported.values()) listener(damage);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
