import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Log } from '../service.ts';
import type { LogEntry } from './entry.ts';
import { readLog } from './read-log.ts';
import type { RecentChanges } from './recent-changes.ts';
import { readDigest, readSnapshot } from './snapshot.ts';

export interface LogParts {
  db: Kysely<Tables>;
  recent: RecentChanges;
  log: { error(details: object, message: string): void };
  now(): number;
}

export interface LogService {
  log: Log;
  /** The changes of one transaction, of any stores, in order: they can be read, and whoever listens is told. */
  committed(entries: LogEntry[]): void;
}

export function createLogService({ db, recent, log, now }: LogParts): LogService {
  const listeners = new Set<(storeId: string, head: number) => void>();

  return {
    log: {
      async head(storeId) {
        const { epoch, head, headHash: hash } = await recent.tailOf(storeId);
        return { epoch, head, hash };
      },
      read: (storeId, position, limit, maxBytes) => readLog(db, recent, storeId, position, limit, maxBytes),
      snapshot: (storeId) => readSnapshot(db, storeId, now()),
      digest: (storeId) => readDigest(db, storeId),
      onHead(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    committed(entries) {
      for (const [storeId, changes] of Map.groupBy(entries, (entry) => entry.storeId)) {
        recent.append(storeId, changes);
        const head = changes.at(-1)?.change.seq ?? 0;
        for (const listener of listeners) {
          try {
            listener(storeId, head);
          } catch (error) {
            log.error({ err: error, storeId }, 'a listener failed; the writes it was told of are safe');
          }
        }
      }
    },
  };
}
