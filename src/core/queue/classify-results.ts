import type { CommandResult } from '#contract/command.ts';
import type { CommandRow } from '../stores.ts';

export interface Classified {
  /** Commands that were unanswered until now, each with its result. */
  answered: { row: CommandRow; result: CommandResult }[];
  /** Of those, the ones that a person must be told about (C4). */
  rejected: { row: CommandRow; result: CommandResult }[];
  /** Of those, the ones that somebody else had done before. */
  elsewhere: CommandRow[];
}

/**
 * What a batch of results means for the rows of this display. A result for a row that has an answer, or that this disk
 * does not know, changes nothing: which answer is true, the ledger check finds out (C3).
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
