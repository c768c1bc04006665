import type { CommandRow, QueueStore } from '../stores.ts';

/** Rows that are read from the disk at first to find the last answered one. */
const NEAR = 100;

interface Look {
  generation: number;
  /** Up to this number, not included. */
  before: number;
  /** ms, server time. */
  since: number;
}

export type Proof = ReturnType<typeof createProof>;

/**
 * Whether the server's ledger still has what it answered us. `lastN` alone does not tell: where a disk was copied and the
 * server put back to a backup, the other machine may have used up the numbers that were forgotten. So the last answered
 * command goes up again before anything new: its stored answer (C2) proves that it is there, and with it all before it,
 * as none of ours is ever taken without that. Another answer than ours, or `fork`, and the one before it is asked about.
 */
export function createProof(store: Pick<QueueStore, 'numbered'>) {
  let doubts = 0;
  /** So many doubts are cleared up; and will be, when the batch under way is answered. */
  let cleared = 0;
  let asked = 0;
  /** The number that the batch under way asks about; 0: none. */
  let asking = 0;
  /** What was answered before this number is asked about, one by one, until one is as it was. */
  let below = Number.POSITIVE_INFINITY;
  /** By number: answered by a change that may be the other machine's, not by the ledger. */
  let unconfirmed: number[] = [];

  function confirmed(n: number): void {
    unconfirmed = unconfirmed.filter((other) => other > n);
    if (n < asking) return;
    cleared = Math.max(cleared, asked);
    if (asking < below) below = Number.POSITIVE_INFINITY;
  }

  return {
    /** The server may be another life of itself, with another ledger. */
    doubt(): void {
      doubts++;
    },
    answeredByChange(rows: readonly CommandRow[]): void {
      unconfirmed.push(...rows.map(({ n }) => n));
    },
    /**
     * What must go up before the first that `waits`, or the number that the next tap gets; or null. Over HTTP nothing tells
     * one life of the server from the next, so there it is `always` asked about what waits. What was answered before `since`
     * is not asked about: the server may have forgotten it by right (S7).
     */
    before(look: Look, waits: boolean, always: boolean): CommandRow | null {
      asked = doubts;
      asking = 0;
      const isDue = always || doubts !== cleared || unconfirmed.length > 0;
      // Going back waits until nothing else does: what waits may be in the ledger, and a fork further back renumbers it.
      if (!isDue && (waits || below >= look.before)) return null;
      const row = lastAnswered(store, isDue ? look : { ...look, before: below });
      if (row) asking = row.n;
      else confirmed(look.before);
      return row;
    },
    /** The ledger has this number as ours. */
    confirmed,
    /** It has it otherwise than we do, or not at all: what about the one before? */
    goBack(n: number): void {
      below = Math.min(below, n);
    },
    /** Our numbers were set anew. */
    startAgain(): void {
      doubts++;
      unconfirmed = [];
    },
  };
}

function lastAnswered(store: Pick<QueueStore, 'numbered'>, { generation, before, since }: Look): CommandRow | null {
  const among = (after: number): CommandRow | undefined =>
    store.numbered(generation, after).findLast((row) => row.n < before && row.answer !== null);
  const row = among(Math.max(0, before - NEAR)) ?? (before > NEAR ? among(0) : undefined);
  return row?.answer && row.answer.at >= since ? row : null;
}
