import Sqlite from 'better-sqlite3';
import type { Random } from '#test/support/random.ts';
import { dropUnreadableLog } from '../../scripts/check/check-database.ts';
import { damageChange, flipLogBit, flipOrderBit } from './damage.ts';
import { copyDatabase } from './disks.ts';

export type ServerDamage = 'log' | 'orders' | 'change';

/** Damages the file of a stopped server. `orders` and `change` are mended, so at most one of them happens in a run. */
export function damageServer(file: string, kind: ServerDamage, random: Random): void {
  if (kind === 'log') flipLogBit(file, random);
  else if (kind === 'orders') flipOrderBit(file, random);
  else damageChange(file, random);
}

/** The operator puts a backup in the place of the files, or goes on with what can be read of the log. */
export function mendServer(file: string, backup: string, byRepair: boolean): void {
  if (byRepair) dropUnreadableLog(file);
  else copyDatabase(backup, file);
}

/** Whether each order's last change is in the log, so that a damaged order can be rebuilt. */
export function canRebuildOrders(file: string): boolean {
  const db = new Sqlite(file, { readonly: true });
  const without = db
    .prepare(
      `SELECT 1 FROM orders WHERE NOT EXISTS
         (SELECT 1 FROM changes WHERE changes.order_id = orders.id AND changes.version = orders.version)`,
    )
    .get();
  db.close();
  return without === undefined;
}
