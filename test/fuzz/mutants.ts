export interface Patch {
  file: string;
  find: string;
  replace: string;
}
const MUTANTS: Record<string, Patch[]> = {};
export function patchesOf(name: string | undefined): readonly Patch[] {
  if (name === undefined) return [];
  const patches = MUTANTS[name];
  if (!patches) throw new Error(`there is no mutant ${name}`);
  return patches;
}
