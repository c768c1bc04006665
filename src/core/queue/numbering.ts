import type { CommandRow, Identity, QueueStore } from '../stores.ts';

/** How numbers are set anew and holes are filled (C2, C3). Both write in one transaction and throw `StorageError`. */

interface Numbering {
  store: QueueStore;
  identity: Identity;
  uuid(): string;
}

/** Uses up a number and does nothing (C6); the server ignores which order it names, but it must name one. */
export const VOID = { type: 'void', payload: {} } as const;
export const NO_ORDER = 'none';

/**
 * A new identity for what is unanswered: numbers after the highest that the server knows of this device, and fresh ids,
 * so that nothing of it can be taken for something else. Unanswered is also what was answered under a number that the
 * server does not know (any more); other answers keep their numbers, by which they can be asked for.
 */
export function renumber({ store, identity, uuid }: Numbering, lastN: number): { identity: Identity; count: number } {
  return store.transaction(() => {
    const generation = identity.generation + 1;
    const answered = store.numbered(identity.generation, 0).filter((row) => row.answer !== null);
    for (const row of answered) if (row.n <= lastN) store.update({ ...row, generation });
    const unanswered = store
      .unsettled(null, 0)
      .filter((row) => row.answer === null)
      .concat(answered.filter((row) => row.n > lastN).map(queuedAgain))
      .sort((a, b) => a.id - b.id);
    for (const [i, row] of unanswered.entries())
      store.update({ ...row, generation, n: lastN + 1 + i, commandId: uuid() });
    const renewed = { ...identity, generation, nextN: lastN + 1 + unanswered.length, renew: false };
    store.setIdentity(renewed);
    return { identity: renewed, count: unanswered.length };
  });
}

/**
 * What the server does not know is queued again, also when it had been answered before the server lost it. A refusal
 * that a person has been told of is not tried again: its number, like one whose row is gone, goes up as `void`.
 */
export function resend(
  { store, identity, uuid, now }: Numbering & { now(): number },
  lastN: number,
): { changed: boolean; nextN: number } {
  const nextN = Math.max(identity.nextN, lastN + 1);
  if (lastN >= identity.nextN - 1) return { changed: false, nextN };
  return store.transaction(() => {
    const { generation } = identity;
    const known = new Map(store.numbered(generation, lastN).map((row) => [row.n, row]));
    let changed = false;
    for (let n = lastN + 1; n < identity.nextN; n++) {
      const row = known.get(n);
      if (row && row.answer === null) continue;
      changed = true;
      if (row) store.update(queuedAgain(row));
      else store.insert(filler(generation, n, uuid(), now()));
    }
    return { changed, nextN };
  });
}

/** A refusal that a person has been told of goes up as `void`. */
export function queuedAgain(row: CommandRow): CommandRow {
  return { ...row, answer: null, ...(row.answer?.outcome === 'rejected' ? { intent: VOID } : {}) };
}

function filler(generation: number, n: number, commandId: string, at: number): Omit<CommandRow, 'id'> {
  const issuedAt = new Date(at).toISOString();
  return { generation, n, commandId, orderId: NO_ORDER, intent: VOID, baseVersion: 0, issuedAt, answer: null };
}
