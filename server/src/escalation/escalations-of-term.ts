import type { Term } from '../leases/term.ts';
import type { Escalations } from '../service.ts';

/** Raises and resolves escalations as a part of the work of a term. */
export const escalationsOfTerm = (
  { raise, resolve }: Pick<Escalations, 'raise' | 'resolve'>,
  { queue }: Pick<Term, 'queue'>,
): Pick<Escalations, 'raise' | 'resolve'> => ({
  raise: (about, detail) => raise(about, detail, queue),
  resolve: (about) => resolve(about, queue),
});
