import { DISPLAY_MUTANTS } from './display-mutants.ts';
import type { Mutant, Patch } from './mutant.ts';
import { SERVER_MUTANTS } from './server-mutants.ts';

/** The guards behind the product's promise. The fuzz must detect each one that is missing. */
export const MUTANTS: readonly Mutant[] = [...SERVER_MUTANTS, ...DISPLAY_MUTANTS];

export function patchesOf(name: string | undefined): readonly Patch[] {
  if (name === undefined) return [];
  const mutant = MUTANTS.find((one) => one.name === name);
  if (!mutant) throw new Error(`there is no mutant ${name}; there are ${MUTANTS.map((one) => one.name).join(', ')}`);
  return mutant.patches;
}
