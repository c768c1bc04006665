import type { Write, WriteQueue } from '../database/write-queue.ts';

/** When devices were last seen, collected in memory and written together every few seconds. */
export interface SeenDevices {
  /** @param at ms since 1970 */
  note(deviceId: string, at: number, cursor?: number | null): void;
  /** Recorded and not yet written. Ask before reading the row: what is written meanwhile may not be in it. */
  pending(): Map<string, Seen>;
  flush(): Promise<void>;
}

export interface Seen {
  /** ms since 1970. */
  at: number;
  /** null: it must start over. */
  cursor?: number | null;
}

export function createSeenDevices(queue: WriteQueue): SeenDevices {
  let noted = new Map<string, Seen>();
  /** Being written. */
  let writing = new Map<string, Seen>();
  return {
    note(deviceId, at, cursor) {
      const known = cursor === undefined ? noted.get(deviceId)?.cursor : cursor;
      noted.set(deviceId, known === undefined ? { at } : { at, cursor: known });
    },
    pending() {
      const all = new Map(writing);
      for (const [id, seen] of noted) all.set(id, { ...all.get(id), ...seen });
      return all;
    },
    async flush() {
      if (noted.size === 0) return;
      // In the same order on all nodes, so that two of them cannot deadlock.
      const sorted = [...noted].sort(([a], [b]) => (a < b ? -1 : 1));
      writing = noted;
      noted = new Map();
      try {
        await queue.write(null, async ({ tx }) => {
          for (const [id, seen] of sorted) await store(tx, id, seen);
        });
      } catch (error) {
        for (const [id, older] of sorted) noted.set(id, { ...older, ...noted.get(id) });
        throw error;
      } finally {
        writing = new Map();
      }
    },
  };
}

/**
 * A cursor decreases only through null: a lower one is outdated, written late by the node that the display left. A
 * display that starts over ends at the log's head, so its next cursor is never lower than the previous one.
 */
async function store(tx: Write['tx'], id: string, { at, cursor }: Seen): Promise<void> {
  await tx
    .updateTable('devices')
    .set({ last_seen_at: new Date(at).toISOString() })
    .where('id', '=', id)
    .execute();
  if (cursor === undefined) return;
  const update = tx.updateTable('devices').set({ cursor }).where('id', '=', id);
  await (cursor === null
    ? update
    : update.where((eb) => eb.or([eb('cursor', 'is', null), eb('cursor', '<', cursor)]))
  ).execute();
}
