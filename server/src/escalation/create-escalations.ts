import type { Escalation } from '#contract/admin.ts';
import type { Escalations } from '../service.ts';
import { createMonitor, type Monitor, type MonitorParts } from './create-monitor.ts';
import { createNotifying } from './create-notifying.ts';
import { listEscalations } from './escalation-rows.ts';
import type { Notifier } from './notifier.ts';

export interface EscalationParts extends Omit<MonitorParts, 'onChange'> {
  notifiers: readonly Notifier[];
  log: { error(details: object, message: string): void };
}

export interface EscalationService extends Escalations, Pick<Monitor, 'committed' | 'check'> {
  close(): void;
}

/** The monitor, the notifiers, and the list of what was raised. */
export async function createEscalations({ notifiers, log, ...parts }: EscalationParts): Promise<EscalationService> {
  const { db, receipts } = parts;
  const changed = new Set<Parameters<Escalations['onChange']>[0]>();
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
    if (escalation.resolvedAt === null) notifying.notify(escalation);
    for (const listener of changed) listener(escalation);
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
    onChange(listener) {
      changed.add(listener);
      return () => void changed.delete(listener);
    },
    onNotified(listener) {
      notified.add(listener);
      return () => void notified.delete(listener);
    },
    close: notifying.close,
  };
}
