import type { CommandResult } from '#contract/command.ts';
import type { CommandRow } from './stores.ts';

/**
 * What a result says of a command: its `answer`, which was not `known` yet; that it was taken `anew` by a server that had
 * forgotten it; that the ledger has no such command under its number (`fork`), or none that was answered as we have it
 * (`lost`): the server was put back to a backup since, and the other machine of a copied disk used its numbers.
 */
export type Meaning = 'answer' | 'known' | 'anew' | 'fork' | 'lost';

export function meaningOf({ answer }: CommandRow, { outcome, seq, code, replayed }: CommandResult): Meaning {
  const isFork = code === 'fork';
  if (answer === null) return isFork ? 'fork' : 'answer';
  if (!isFork && answer.outcome === outcome && answer.seq === seq) return 'known';
  return isFork || replayed ? 'lost' : 'anew';
}
