import type { HistoryEntry, HistoryPage, PathFigures } from '#contract/history.ts';
import { figuresOf } from '../history/history-facts.ts';
import type { HistoryLook, HistoryRow } from '../stores.ts';

/** The event history in memory, oldest first. */
export function memoryHistory() {
  let rows: (HistoryRow & { id: number })[] = [];
  return {
    /** Undoes whatever comes after. */
    mark(): () => void {
      const before = rows;
      rows = [...rows];
      return () => {
        rows = before;
      };
    },
    add(id: number, row: HistoryRow): void {
      rows.push({ ...row, id });
    },
    page({ before, kinds, words, limit, most }: HistoryLook): HistoryPage {
      const older = rows.filter(({ id }) => before === null || id < before).reverse();
      const looked = older.slice(0, most);
      const found = looked
        .filter(({ entry }) => kinds === null || kinds.includes(entry.kind))
        .filter((row) => words === null || row.words.includes(words))
        .slice(0, limit);
      const more = looked.length === most ? (looked.at(-1)?.id ?? null) : null;
      return {
        entries: found.map(({ id, entry }) => ({ ...entry, id })),
        nextBefore: found.length === limit ? (found.at(-1)?.id ?? null) : more,
      };
    },
    of: (orderId: string, limit: number): HistoryEntry[] =>
      rows
        .flatMap(({ id, entry }) => ('orderId' in entry && entry.orderId === orderId ? [{ ...entry, id }] : []))
        .reverse()
        .slice(0, limit),
    figures: (): PathFigures => figuresOf(rows.map(({ entry }) => entry)),
    prune(at: number, most: number): void {
      const first = rows.findIndex(({ entry }) => entry.at >= at);
      const last = rows.at(-1)?.id ?? 0;
      rows = rows.slice(first === -1 ? rows.length : first).filter(({ id }) => id > last - most);
    },
  };
}
