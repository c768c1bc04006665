import { ESCALATION_KINDS, type Escalation, type EscalationKind } from '#contract/admin.ts';
import type { Hints } from '../hints/hints.ts';
import type { Escalations } from '../service.ts';
import { createMonitor, type Monitor, type MonitorParts } from './create-monitor.ts';
import { createNotifying } from './create-notifying.ts';
import {
  findEscalations,
  isOfOrder,
  listEscalations,
  openEscalationIds,
  openEscalations,
  raiseOfStore,
  resolveOfStore,
} from './escalation-rows.ts';
import type { Notifier } from './notifier.ts';

export interface EscalationParts extends Omit<MonitorParts, 'onChange'> {
  notifiers: readonly Notifier[];
  hints: Hints;
  log: { error(details: object, message: string): void };
}

export interface EscalationService extends Escalations, Pick<Monitor, 'committed' | 'check'> {
  close(): void;
}

/** The monitor, the notifiers, and the list of escalations. */
export async function createEscalations({
  notifiers,
  hints,
  log,
  ...parts
}: EscalationParts): Promise<EscalationService> {
  const { db, queue, receipts, now } = parts;
  const raised = countsOf([]);
  /** The open ones of stores' kinds, by id. */
  const ofStores = new Map((await openEscalations(db)).filter((one) => !isOfOrder(one)).map((one) => [one.id, one]));
  const notified = new Set<Parameters<Escalations['onNotified']>[0]>();
  const notifying = createNotifying({
    notifiers,
    onNotified(attempt) {
      if (attempt.outcome === 'given_up') log.error(attempt, 'a notifier failed for good on an escalation');
      for (const listener of notified) listener(attempt);
    },
  });
  const monitor = await createMonitor({ ...parts, onChange });

  function onChange(escalation: Escalation): void {
    if (!isOfOrder(escalation)) ofStores.set(escalation.id, escalation);
    if (escalation.resolvedAt === null) {
      raised[escalation.kind] += 1;
      notifying.notify(escalation);
    } else ofStores.delete(escalation.id);
    hints.say({ kind: 'escalation', storeId: escalation.storeId, id: escalation.id });
  }

  let last: Promise<void> = Promise.resolve();
  /** One check after the other. */
  function check(): Promise<void> {
    receipts.endStalePolling();
    last = last.catch(() => undefined).then(monitor.check);
    return last;
  }

  return {
    ...monitor,
    check,
    list: (query) => listEscalations(db, query),
    async raise(about, detail) {
      const at = new Date(now()).toISOString();
      const stored = await queue.write(about.storeId, (write) => raiseOfStore(write, about, detail, at));
      if (stored) onChange(stored);
    },
    async resolve(about) {
      const at = new Date(now()).toISOString();
      const stored = await queue.write(about.storeId, (write) => resolveOfStore(write, about, at));
      if (stored) onChange(stored);
    },
    open: () => countsOf([...monitor.open(), ...ofStores.values()]),
    raised: () => ({ ...raised }),
    unresolved: () => openEscalationIds(db),
    find: (ids) => findEscalations(db, ids),
    onNotified(listener) {
      notified.add(listener);
      return () => void notified.delete(listener);
    },
    close: notifying.close,
  };
}

function countsOf(escalations: Iterable<Escalation>): Record<EscalationKind, number> {
  const counts = Object.fromEntries(ESCALATION_KINDS.map((kind) => [kind, 0])) as Record<EscalationKind, number>;
  for (const { kind } of escalations) counts[kind] += 1;
  return counts;
}
