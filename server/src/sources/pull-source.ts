import type { PullResult } from '#contract/source.ts';
import type { ServiceCalls } from './adapter.ts';
import type { RunParts } from './run-parts.ts';
import type { SourceRow } from './source-tables.ts';
import { takeOrders } from './take-orders.ts';

/** Takes everything that changed since the last page that was stored. Throws what the client throws. */
export async function pullSource(row: SourceRow, calls: ServiceCalls, parts: RunParts): Promise<PullResult> {
  const total = { taken: 0, unchanged: 0, refused: 0 };
  if (!calls.pull) return total;
  const stored = parts.db.selectFrom('sources').select('cursor').where('id', '=', row.id);
  const { cursor } = await stored.executeTakeFirstOrThrow();
  for await (const page of calls.pull(cursor)) {
    const result = await takeOrders(parts, row, page.orders, {
      isFirstPull: cursor === null || page.isList === true,
      also: ({ tx }) => tx.updateTable('sources').set({ cursor: page.cursor }).where('id', '=', row.id).execute(),
    });
    for (const key of ['taken', 'unchanged', 'refused'] as const) total[key] += result[key];
    await page.stored?.();
  }
  return total;
}
