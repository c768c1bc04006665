import { ESCALATION_KINDS } from '#contract/admin.ts';
import type { Undo } from '#contract/bridge.ts';
import type { Service } from '../service.ts';
import type { Metrics } from './metrics.ts';

/** Puts what the data side does into figures. */
export function countService({ writes, escalations }: Service, metrics: Metrics): Undo {
  metrics.readWhenAsked(() => {
    metrics.writeQueue.set(writes.waiting());
    const open = escalations.open();
    for (const kind of ESCALATION_KINDS) metrics.openEscalations.set({ kind }, open[kind]);
  });
  const undo = [
    writes.onCommit(({ outcome, writes: size, seconds }) => {
      metrics.commits.inc({ outcome });
      metrics.groupSize.observe(size);
      metrics.commitSeconds.observe(seconds);
    }),
    escalations.onChange(({ kind, resolvedAt }) => {
      if (resolvedAt === null) metrics.escalations.inc({ kind });
    }),
    escalations.onNotified((attempt) => metrics.notifications.inc(attempt)),
  ];
  return () => {
    for (const stop of undo) stop();
  };
}
