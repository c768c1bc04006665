import { PATHS, type Path, type PathFigures } from '#contract/history.ts';
import type { HistoryDraft } from '../stores.ts';

/** Whether the link came back after it had gone; the first time after a start is none. */
export const isReconnect = (entry: HistoryDraft): boolean =>
  entry.kind === 'link' && entry.state === 'live' && entry.before !== 'unknown';

/** The figures of entries that are at hand; a database counts by its indexes and must come to the same. */
export function figuresOf(entries: readonly HistoryDraft[]): PathFigures {
  const of = (path: Path) => {
    const delays = entries
      .flatMap((entry) => (entry.kind === 'change' && entry.path === path ? [entry.delayMs] : []))
      .sort((a, b) => a - b);
    const medianMs = delays[Math.floor((delays.length - 1) / 2)] ?? null;
    return { count: delays.length, medianMs, maxMs: delays.at(-1) ?? null };
  };
  const [socket, poll, snapshot] = PATHS.map(of) as [Figure, Figure, Figure];
  return { since: entries[0]?.at ?? null, socket, poll, snapshot, reconnects: entries.filter(isReconnect).length };
}
type Figure = PathFigures['socket'];
