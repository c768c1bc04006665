/** Switches off one guard of the product by changing its source text; `find` must match exactly once. */
export interface Patch {
  file: string;
  find: string;
  replace: string;
}
export interface Mutant {
  name: string;
  /** The guard that is off, and its rule. */
  what: string;
  patches: readonly Patch[];
}

export const mutant = (
  name: string,
  what: string,
  ...patches: [file: string, find: string, replace: string][]
): Mutant => ({
  name,
  what,
  patches: patches.map(([file, find, replace]) => ({ file, find, replace })),
});
