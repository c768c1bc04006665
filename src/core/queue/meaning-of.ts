import type { CommandResult } from '#contract/command.ts';
import type { CommandRow } from '../stores.ts';

/**
 * What a result says of a command: its `answer`, which was not `known` yet, or is `another` than we have, as the server was
 * put back to a backup and has taken it anew since; or that the ledger has another command under its number: `fork`, and
 * `lost` where it had been answered, by a server that forgot it and let the other machine of a copied disk use the number.
 */
export type Meaning = 'answer' | 'known' | 'another' | 'fork' | 'lost';

export function meaningOf({ answer }: CommandRow, { outcome, seq, code }: CommandResult): Meaning {
  if (code === 'fork') return answer === null ? 'fork' : 'lost';
  if (answer === null) return 'answer';
  return answer.outcome === outcome && answer.seq === seq ? 'known' : 'another';
}
