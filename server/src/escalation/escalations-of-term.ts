import type { Term } from '../leases/term.ts';
import type { Escalations } from '../service.ts';

/** Raises and resolves escalations as a part of the work of a term. */
export const escalationsOfTerm = (
  { write, raise, resolve }: Pick<Escalations, 'write' | 'raise' | 'resolve'>,
  { queue }: Pick<Term, 'queue'>,
): Pick<Escalations, 'write' | 'raise' | 'resolve'> => ({
  write,
  raise: (about, detail) => raise(about, detail, queue),
  resolve: (about) => resolve(about, queue),
});
