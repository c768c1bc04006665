import { ESCALATION_KINDS } from '#contract/admin.ts';
import type { Undo } from '#contract/bridge.ts';
import type { Service } from '../service.ts';
import { createSourceCount } from './count-sources.ts';
import type { Metrics } from './metrics.ts';

/** Counts the operations of the data side. */
export function countService(
  { writes, availability, escalations, webhooks, telegram, printers, sources, damage, leases }: Service,
  metrics: Metrics,
): Undo {
  let counted = Object.fromEntries(ESCALATION_KINDS.map((kind) => [kind, 0])) as ReturnType<typeof escalations.raised>;
  const countSources = createSourceCount(sources, metrics);
  metrics.readWhenAsked(() => {
    metrics.writeQueue.set(writes.waiting());
    const open = escalations.open();
    const raised = escalations.raised();
    for (const kind of ESCALATION_KINDS) {
      metrics.openEscalations.set({ kind }, open[kind]);
      metrics.escalations.inc({ kind }, raised[kind] - counted[kind]);
    }
    counted = raised;
    countSources();
    for (const [state, count] of Object.entries(webhooks.count())) metrics.webhooks.set({ state }, count);
    for (const [work, isDone] of leases.works()) metrics.works.set({ work }, isDone ? 1 : 0);
    for (const [state, count] of Object.entries(printers.count())) metrics.printers.set({ state }, count);
  });
  const undo = [
    writes.onCommit(({ outcome, writes: size, seconds }) => {
      metrics.commits.inc({ outcome });
      metrics.groupSize.observe(size);
      metrics.commitSeconds.observe(seconds);
    }),
    availability.onChange(() => metrics.availability.inc()),
    damage.onDamage(({ row, outcome }) => metrics.damage.inc({ row, outcome })),
    webhooks.onTry((outcome) => metrics.webhookTries.inc({ outcome })),
    telegram.onTry((outcome) => metrics.telegramTries.inc({ outcome })),
    telegram.onState((state) => metrics.telegramAway.set(state === 'away' ? 1 : 0)),
    printers.onTry((outcome) => metrics.prints.inc({ outcome })),
    escalations.onNotified((attempt) => metrics.notifications.inc(attempt)),
  ];
  return () => {
    for (const stop of undo) stop();
  };
}
