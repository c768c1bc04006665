import type Database from 'better-sqlite3';
import { HistoryEntry, PATHS } from '#contract/history.ts';
import type { HistoryDraft, HistoryStore } from '#core/stores.ts';
import { nextNumber } from './row-number.ts';
import { storedJson } from './stored-json.ts';

interface Row {
  id: number;
  body: string;
}

/** Skips entries of another version that this one cannot read. */
const entryOf = ({ id, body }: Row): HistoryEntry[] => {
  const { data } = HistoryEntry.safeParse({ ...(storedJson(body) as object), id });
  return data ? [data] : [];
};

/** Whether the link is live again after a loss; the first connection after a start does not count. */
export const isReconnect = (entry: HistoryDraft): boolean =>
  entry.kind === 'link' && entry.state === 'live' && entry.before !== 'unknown';

type Run = <T>(action: () => T) => T;

/** The event history in an open database of `CACHE_MIGRATIONS`. `run` and `write` turn errors into a `StorageError`. */
export function sqliteHistory(db: Database.Database, run: Run, write: Run): HistoryStore {
  const add = db.prepare(
    `INSERT INTO history (id, at, kind, path, delay, back, words, body, checksum)
     SELECT next, :at, :kind, :path, :delay, :back, :words, :body,
       row_checksum(next, :at, :kind, :path, :delay, :back, :words, :body)
     FROM (SELECT ${nextNumber('history')} AS next)`,
  );
  const searched = 'SELECT id, kind, words, body FROM history WHERE id < :before ORDER BY id DESC LIMIT :most';
  const page = db.prepare<[Record<string, unknown>], Row>(
    `SELECT id, body FROM (${searched})
     WHERE (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
       AND (:words IS NULL OR instr(words, :words) > 0)
     ORDER BY id DESC LIMIT :limit`,
  );
  const reach = db.prepare<[Record<string, unknown>], { oldest: number | null; count: number }>(
    `SELECT min(id) AS oldest, count(*) AS count FROM (SELECT id FROM history WHERE id < :before ORDER BY id DESC LIMIT :most)`,
  );
  const about = db.prepare<[string, number], Row>(
    `SELECT id, body FROM history WHERE json_extract(body, '$.orderId') = ? ORDER BY id DESC LIMIT ?`,
  );
  const totals = db.prepare<[string], { count: number; maxMs: number | null }>(
    'SELECT count(*) AS count, max(delay) AS maxMs FROM history WHERE path = ?',
  );
  const nth = db.prepare<[string, number], { delay: number }>(
    'SELECT delay FROM history WHERE path = ? ORDER BY delay LIMIT 1 OFFSET ?',
  );
  const reconnects = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM history WHERE back = 1');
  const oldest = db.prepare<[], { at: number }>('SELECT at FROM history ORDER BY id LIMIT 1');
  // Ids follow time, so this reads only what it deletes. An entry from a clock that ran ahead is left for `pruneMany`.
  const pruneOld = db.prepare(
    'DELETE FROM history WHERE id < coalesce((SELECT id FROM history WHERE at >= ? ORDER BY id LIMIT 1), 9e18)',
  );
  const pruneMany = db.prepare('DELETE FROM history WHERE id <= (SELECT max(id) FROM history) - ?');
  const clear = db.prepare('DELETE FROM history');

  function figure(path: string) {
    const { count = 0, maxMs = null } = totals.get(path) ?? {};
    return { count, maxMs, medianMs: nth.get(path, Math.floor((count - 1) / 2))?.delay ?? null };
  }

  return {
    addHistory: (rows) =>
      write(() => {
        for (const { entry, words } of rows) {
          const { path = null, delayMs: delay = null } = entry.kind === 'change' ? entry : {};
          const { at, kind } = entry;
          add.run({ at, kind, path, delay, back: isReconnect(entry) ? 1 : 0, words, body: JSON.stringify(entry) });
        }
      }),
    history: ({ before, kinds, words, limit, most }) =>
      run(() => {
        const from = { before: before ?? Number.MAX_SAFE_INTEGER, most };
        const rows = page.all({ ...from, kinds: kinds && JSON.stringify(kinds), words, limit });
        const { oldest: last, count } = reach.get(from) ?? { oldest: null, count: 0 };
        const full = rows.length === limit;
        return {
          entries: rows.flatMap(entryOf),
          nextBefore: full ? (rows.at(-1)?.id ?? null) : count === most ? last : null,
        };
      }),
    historyOf: (orderId, limit) => run(() => about.all(orderId, limit).flatMap(entryOf)),
    historyFigures: () =>
      run(() => {
        const [socket, poll, snapshot] = PATHS.map(figure) as [Figure, Figure, Figure];
        const since = oldest.get()?.at ?? null;
        return { since, socket, poll, snapshot, reconnects: reconnects.get()?.count ?? 0 };
      }),
    pruneHistory: (at, most) =>
      write(() => {
        pruneOld.run(at);
        pruneMany.run(most);
      }),
    clearHistory: () => write(() => void clear.run()),
  };

  type Figure = ReturnType<typeof figure>;
}
