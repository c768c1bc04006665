import { isOpen } from '#contract/status.ts';
import type { By, Change } from '#contract/sync.ts';

/** Who makes the changes of an import, in the log and in histories. */
export const IMPORTER: By = { role: 'system', id: 'import', name: 'import' };

/** Whether a change brought an order of an older system that was finished there: nobody needs to be told of it (ADR 35). */
export function isOldNews({ by, order }: Pick<Change, 'by' | 'order'>): boolean {
  return by.role === IMPORTER.role && by.id === IMPORTER.id && order != null && !isOpen(order.status);
}
