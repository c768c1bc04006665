import type { Escalation, EscalationKind } from '#contract/admin.ts';
import type { Hints } from '../hints/hints.ts';
import type { Escalations } from '../service.ts';
import { createMonitor, type Watch, type WatchParts } from './create-monitor.ts';
import { createNotifying } from './create-notifying.ts';
import { findEscalations, listEscalations, unresolvedEscalations } from './escalation-rows.ts';
import type { Notifier } from './notifier.ts';

export interface EscalationParts extends Omit<WatchParts, 'onChange'> {
  notifiers: readonly Notifier[];
  hints: Hints;
  log: { error(details: object, message: string): void };
}

export interface EscalationService extends Escalations, Pick<Watch, 'committed' | 'look'> {
  close(): void;
}

/** The watch, those who are told, and the list of what was raised. */
export async function createEscalations({ notifiers, hints, log, ...parts }: EscalationParts): Promise<EscalationService> {
  const { db, receipts } = parts;
  const raised: Record<EscalationKind, number> = { undelivered: 0, unacknowledged: 0, no_display: 0 };
  const told = new Set<Parameters<Escalations['onTold']>[0]>();
  const notifying = createNotifying({
    notifiers,
    onTold(how) {
      if (how.outcome === 'given_up') log.error(how, 'nobody could be told of an escalation');
      for (const listener of told) listener(how);
    },
  });
  const watch = await createMonitor({ ...parts, onChange });

  function onChange(escalation: Escalation): void {
    if (escalation.resolvedAt === null) {
      raised[escalation.kind] += 1;
      notifying.tell(escalation);
    }
    hints.say({ kind: 'escalation', storeId: escalation.storeId });
  }

  /** One look after the other. */
  let looked: Promise<void> = Promise.resolve();
  function look(): Promise<void> {
    receipts.look();
    const next = looked.catch(() => undefined).then(watch.look);
    looked = next;
    return next;
  }

  return {
    ...watch,
    look,
    list: (query) => listEscalations(db, query),
    raised: () => ({ ...raised }),
    unresolved: () => unresolvedEscalations(db),
    find: (ids) => findEscalations(db, ids),
    onTold(listener) {
      told.add(listener);
      return () => void told.delete(listener);
    },
    close: notifying.close,
  };
}
