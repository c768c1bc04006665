import { SOURCE_KINDS } from '#contract/source.ts';
import { noTotals } from '../sources/source-counts.ts';
import type { Sources } from '../sources/sources.ts';
import type { Metrics } from './metrics.ts';

/** @returns sets the metrics of sources as they are now */
export function createSourceCount(
  { totals, states }: Pick<Sources, 'totals' | 'states'>,
  metrics: Metrics,
): () => void {
  let before = noTotals();
  return () => {
    const now = totals();
    for (const kind of SOURCE_KINDS) {
      const { taken, refused, pulled, failed } = now[kind];
      metrics.sourceOrders.inc({ kind, outcome: 'taken' }, taken - before[kind].taken);
      metrics.sourceOrders.inc({ kind, outcome: 'refused' }, refused - before[kind].refused);
      metrics.sourcePulls.inc({ kind, outcome: 'done' }, pulled - before[kind].pulled);
      metrics.sourcePulls.inc({ kind, outcome: 'failed' }, failed - before[kind].failed);
      const { working, failing, waiting, pullAge } = states()[kind];
      metrics.sources.set({ kind, state: 'working' }, working);
      metrics.sources.set({ kind, state: 'failing' }, failing);
      metrics.sourceWaiting.set({ kind }, waiting);
      metrics.sourcePullAge.set({ kind }, pullAge);
    }
    before = now;
  };
}
