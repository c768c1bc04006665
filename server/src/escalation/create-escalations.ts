import { ESCALATION_KINDS, type Escalation, type EscalationKind } from '#contract/admin.ts';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import type { Hints } from '../hints/hints.ts';
import type { Term } from '../leases/term.ts';
import type { Escalations } from '../service.ts';
import { every } from '../time/every.ts';
import { createMonitor, type Monitor, type MonitorParts } from './create-monitor.ts';
import { createNotifying } from './create-notifying.ts';
import { createUnanswered } from './create-unanswered.ts';
import {
  findEscalations,
  isOfOrder,
  listEscalations,
  openEscalationIds,
  openOfStores,
  raiseOfStore,
  resolveOfStore,
} from './escalation-rows.ts';
import type { Notifier } from './notifier.ts';

/** How often it is looked up whether writes without an answer were carried out, ms. */
const LOOK_MS = 1_000;

export interface EscalationParts extends Omit<MonitorParts, 'onChange'> {
  notifiers: readonly Notifier[];
  hints: Hints;
  log: { error(details: object, message: string): void };
}

export interface EscalationService extends Escalations, Pick<Monitor, 'committed' | 'check'> {
  /** Monitors the orders as the work of a term, in each check. @returns ends it */
  monitor(term: Pick<Term, 'queue'>): () => Promise<void>;
  close(): void;
}

/** The monitor, the notifiers, and the list of escalations. */
export async function createEscalations({
  notifiers,
  hints,
  log,
  ...parts
}: EscalationParts): Promise<EscalationService> {
  const { db, receipts, isShared, now } = parts;
  const raised = countsOf([]);
  /** The open ones of stores' kinds, by id. */
  const ofStores = new Map<string, Escalation>();
  if (!isShared) await readOfStores();
  const notified = new Set<Parameters<Escalations['onNotified']>[0]>();
  const notifying = createNotifying({
    notifiers,
    onNotified(attempt) {
      if (attempt.outcome === 'given_up') log.error(attempt, 'a notifier failed for good on an escalation');
      for (const listener of notified) listener(attempt);
    },
  });
  const monitor = await createMonitor({ ...parts, onChange });

  async function readOfStores(): Promise<void> {
    const open = await openOfStores(db);
    ofStores.clear();
    for (const one of open) ofStores.set(one.id, one);
  }

  function onChange(escalation: Escalation): void {
    const isRaised = escalation.resolvedAt === null;
    // Of several servers, the one that monitors counts them all.
    if (!isRaised) ofStores.delete(escalation.id);
    else if (!isShared && !isOfOrder(escalation)) ofStores.set(escalation.id, escalation);
    if (isRaised) {
      raised[escalation.kind] += 1;
      notifying.notify(escalation);
    }
    hints.say({ kind: 'escalation', storeId: escalation.storeId, id: escalation.id });
  }

  const write: Escalations['write'] = async (queue, storeId, job, size) => {
    /** Of the last run of the job. */
    let changed: Escalation[] = [];
    const noteChange = (one: Escalation | null) => void (one && changed.push(one));
    const written = queue.write(
      storeId,
      (write) => {
        const at = new Date(now()).toISOString();
        changed = [];
        return job(write, {
          raise: async (about, detail) => noteChange(await raiseOfStore(write, about, detail, at)),
          resolve: async (about) => noteChange(await resolveOfStore(write, about, at)),
        });
      },
      size,
    );
    const value = await written.catch((error) => {
      if (error instanceof DatabaseUnavailable && error.fault === 'unknown') unanswered.add(changed);
      throw error;
    });
    for (const one of changed) onChange(one);
    return value;
  };

  const unanswered = createUnanswered(db, onChange);
  const stopLooking = every(LOOK_MS, unanswered.look, () => {});

  let last: Promise<void> = Promise.resolve();
  /** One check after the other. */
  function check(): Promise<void> {
    receipts.endStalePolling();
    last = last
      .catch(() => undefined)
      .then(monitor.check)
      .then(() => (isShared ? readOfStores() : undefined));
    return last;
  }

  return {
    committed: monitor.committed,
    check,
    monitor({ queue }) {
      monitor.begin(queue);
      return async () => {
        await last.catch(() => undefined);
        monitor.end();
        if (isShared) ofStores.clear();
      };
    },
    list: (query) => listEscalations(db, query),
    write,
    raise: (about, detail, queue = parts.queue) =>
      write(queue, about.storeId, (_, ofWrite) => ofWrite.raise(about, detail)),
    resolve: (about, queue = parts.queue) => write(queue, about.storeId, (_, ofWrite) => ofWrite.resolve(about)),
    open: () => countsOf([...monitor.open(), ...ofStores.values()]),
    raised: () => ({ ...raised }),
    unresolved: () => openEscalationIds(db),
    find: (ids) => findEscalations(db, ids),
    onNotified(listener) {
      notified.add(listener);
      return () => void notified.delete(listener);
    },
    close() {
      stopLooking();
      notifying.close();
    },
  };
}

function countsOf(escalations: Iterable<Escalation>): Record<EscalationKind, number> {
  const counts = Object.fromEntries(ESCALATION_KINDS.map((kind) => [kind, 0])) as Record<EscalationKind, number>;
  for (const { kind } of escalations) counts[kind] += 1;
  return counts;
}
