import type { CommandRow, QueueStore } from '#core/stores.ts';

/** What a person would miss of a display's `queue.db`. */
export interface QueueContents {
  rows: readonly CommandRow[];
  refusals: readonly string[];
}

/** @param epochs all epochs in which a server may have answered */
export function queueContents(queue: QueueStore, epochs: ReadonlySet<string>): QueueContents {
  const all = [...epochs].flatMap((epoch) => queue.unsettled(epoch, -1));
  const byId = new Map([...queue.unsettled(null, 0), ...all].map((row) => [row.id, row]));
  const rows = [...byId.values()].sort((a, b) => a.id - b.id);
  return { rows, refusals: queue.failedCommands().map(({ id }) => id) };
}

/** What damage to a queue has cost: command ids and ids of refusals; and what must never happen. */
export interface QueueLoss {
  taps: string[];
  refusals: string[];
  faults: string[];
}

/**
 * Damage may cost taps, answers and refusals only if the screen says so. A tap must never change.
 *
 * @param told the screen says that the list of taps was damaged
 */
export function judgeQueue(before: QueueContents, after: QueueContents, told: boolean): QueueLoss {
  const kept = new Map(after.rows.map((row) => [row.commandId, row]));
  const same = (one: CommandRow, other: CommandRow): boolean => JSON.stringify(one) === JSON.stringify(other);
  const tapOf = (row: CommandRow): CommandRow => ({ ...row, issuedAt: '', answer: null });
  const changed = before.rows.filter((row) => {
    const now = kept.get(row.commandId);
    // A lost answer is given again, and a lost time set again.
    return now && !same(row, now) && !(told && same(tapOf(row), tapOf(now)));
  });
  const taps = before.rows.map(({ commandId }) => commandId).filter((id) => !kept.has(id));
  const refusals = before.refusals.filter((id) => !after.refusals.includes(id));
  const known = new Set(before.rows.map(({ commandId }) => commandId));
  const invented = after.rows.filter((row) => !known.has(row.commandId) && row.intent !== null);
  return {
    taps,
    refusals,
    faults: [
      ...changed.map(({ commandId }) => `tap ${commandId} was changed by damage`),
      ...invented.map(({ commandId }) => `tap ${commandId} was invented by damage`),
      ...(told ? [] : [...taps, ...refusals].map((id) => `${id} was lost by damage without a word`)),
    ],
  };
}
