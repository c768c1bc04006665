import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import { readAtOnce } from '../database/read-at-once.ts';
import type { StoreLogRow, Tables } from '../database/tables.ts';
import type { Mending } from '../orders/create-mending.ts';
import { readLogRow } from './read-log.ts';
import { snapshotAsJson } from './snapshot.ts';
import { createSnapshotBodies, type SnapshotBody } from './snapshot-bodies.ts';

export interface SnapshotParts {
  db: Kysely<Tables>;
  longReads: Kysely<Tables>;
  mending: Mending;
  /** ms since 1970. */
  now(): number;
}

export interface SharedSnapshots {
  /** Rule S4, of a state that holds everything committed before the call. Refuses with `not_found`. */
  of(storeId: string): Promise<SnapshotBody>;
  close(): void;
}

interface Making {
  storeId: string;
  /** It has begun to read: it may miss what is committed from now on. */
  begun: boolean;
  /** The state that it reads. */
  log: Promise<StoreLogRow>;
  body: Promise<SnapshotBody>;
}

/**
 * All who ask for a snapshot of the same store at the same place of its log get the same bytes: read once, compressed
 * once, without holding up other work. Those that ask while it waits for its turn get it too.
 */
export function createSharedSnapshots({ db, longReads, mending, now }: SnapshotParts): SharedSnapshots {
  /** Also those that come while somebody goes through them. */
  const makings = new Set<Making>();
  const bodies = createSnapshotBodies();

  async function of(storeId: string): Promise<SnapshotBody> {
    const log = await readLogRow(db, storeId);
    for (const making of makings)
      if (making.storeId === storeId && (!making.begun || isSamePlace(await making.log, log))) return making.body;
    return start(storeId);
  }

  function start(storeId: string): Promise<SnapshotBody> {
    const log = Promise.withResolvers<StoreLogRow>();
    const body = Promise.withResolvers<SnapshotBody>();
    const making: Making = { storeId, begun: false, log: log.promise, body: body.promise };
    const forget = () => void makings.delete(making);
    makings.add(making);
    read(making, log.resolve).then(
      (gzip) => body.resolve(bodies.add(gzip, forget)),
      (error) => {
        forget();
        log.reject(error);
        body.reject(error);
      },
    );
    // Nobody may be waiting for it.
    log.promise.catch(() => {});
    return making.body;
  }

  function read(making: Making, onLog: (log: StoreLogRow) => void): Promise<Buffer> {
    return mending((replacements) =>
      readAtOnce(longReads).execute(async (tx) => {
        making.begun = true;
        const log = await readLogRow(tx, making.storeId);
        onLog(log);
        const parts: Buffer[] = [];
        await pipeline(snapshotAsJson(tx, log, now(), replacements), createGzip(), async (zipped) => {
          for await (const part of zipped) parts.push(part);
        });
        return Buffer.concat(parts);
      }),
    );
  }

  return { of, close: bodies.close };
}

const isSamePlace = (a: StoreLogRow, b: StoreLogRow): boolean =>
  a.epoch === b.epoch && a.head === b.head && a.head_hash === b.head_hash;
