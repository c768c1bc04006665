import { SOURCE_KINDS, type SourceKind } from '#contract/source.ts';

/** What became of orders and pulls of all sources of a kind since this process started. */
export interface SourceTotals {
  taken: number;
  refused: number;
  pulled: number;
  failed: number;
}

/** The sources of a kind that are switched on, as they are now. */
export interface SourceStates {
  working: number;
  failing: number;
  /** Statuses that are not said yet. */
  waiting: number;
  /** The longest time since a pull that went through, s; 0: nothing is pulled. */
  pullAge: number;
}

export type OfKinds<T> = Record<SourceKind, T>;

export const forKinds = <T>(make: (kind: SourceKind) => T): OfKinds<T> =>
  Object.fromEntries(SOURCE_KINDS.map((kind) => [kind, make(kind)])) as OfKinds<T>;

export const noTotals = (): OfKinds<SourceTotals> => forKinds(() => ({ taken: 0, refused: 0, pulled: 0, failed: 0 }));
