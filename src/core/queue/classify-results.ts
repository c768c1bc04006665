import type { CommandResult } from '#contract/command.ts';
import type { CommandRow } from '../stores.ts';

export interface Classified {
  /** Commands that were unanswered before, each with its result. */
  answered: { row: CommandRow; result: CommandResult }[];
  /** Of those, the refused ones; the user must see them (C4). */
  rejected: { row: CommandRow; result: CommandResult }[];
  /** Of those, the ones that somebody else had already done. */
  elsewhere: CommandRow[];
}

/**
 * Matches a batch of results with this display's rows. Ignores a result for an unknown or an already answered row; the
 * ledger check finds out which answer is true (C3).
 */
export function classifyResults(rows: readonly CommandRow[], results: readonly CommandResult[]): Classified {
  const unanswered = new Map(rows.flatMap((row) => (row.answer ? [] : [[row.commandId, row] as const])));
  const answered = results.flatMap((result) => {
    const row = unanswered.get(result.commandId);
    unanswered.delete(result.commandId);
    return row ? [{ row, result }] : [];
  });
  return {
    answered,
    rejected: answered.filter(({ result }) => result.outcome === 'rejected'),
    elsewhere: answered.flatMap(({ row, result: { outcome, replayed } }) =>
      (outcome === 'already' || outcome === 'superseded') && !replayed ? [row] : [],
    ),
  };
}
