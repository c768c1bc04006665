import type { WriteQueue } from '../database/write-queue.ts';

/** When devices were last heard of, gathered in memory and written together now and then. */
export interface SeenDevices {
  note(deviceId: string, at: string, cursor?: number | null): void;
  /** What is noted and not yet written. */
  pending(deviceId: string): Seen | undefined;
  flush(): Promise<void>;
}

interface Seen {
  at: string;
  /** null: it has to start over. */
  cursor?: number | null;
}

export function createSeenDevices(door: WriteQueue): SeenDevices {
  let noted = new Map<string, Seen>();
  return {
    note(deviceId, at, cursor) {
      const known = cursor === undefined ? noted.get(deviceId)?.cursor : cursor;
      noted.set(deviceId, known === undefined ? { at } : { at, cursor: known });
    },
    pending: (deviceId) => noted.get(deviceId),
    async flush() {
      if (noted.size === 0) return;
      const writing = noted;
      noted = new Map();
      try {
        await door.write(async ({ tx }) => {
          for (const [id, { at, cursor }] of writing)
            await tx
              .updateTable('devices')
              .set({ last_seen_at: at, ...(cursor !== undefined && { cursor }) })
              .where('id', '=', id)
              .execute();
        });
      } catch (error) {
        for (const [id, older] of writing) noted.set(id, { ...older, ...noted.get(id) });
        throw error;
      }
    },
  };
}
