import type { Escalation, EscalationKind } from '#contract/admin.ts';
import type { Hints } from '../hints/hints.ts';
import type { Escalations } from '../service.ts';
import { createMonitor, type Monitor, type MonitorParts } from './create-monitor.ts';
import { createNotifying } from './create-notifying.ts';
import { findEscalations, listEscalations, openEscalationIds } from './escalation-rows.ts';
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
  const { db, receipts } = parts;
  const raised: Record<EscalationKind, number> = { undelivered: 0, unacknowledged: 0, no_display: 0 };
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
    if (escalation.resolvedAt === null) {
      raised[escalation.kind] += 1;
      notifying.notify(escalation);
    }
    hints.say({ kind: 'escalation', storeId: escalation.storeId });
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
