import type { Path, SnapshotReason } from '#contract/history.ts';
import { openDigest } from '#contract/open-digest.ts';
import type { Beat, Changes, Position, Snapshot } from '#contract/sync.ts';
import type { MarksKeeper } from '../board/marks.ts';
import { rowsOfBatch, rowsOfSnapshot } from '../figures/figure-rows.ts';
import type { History } from '../history/history.ts';
import type { Ports } from '../ports.ts';
import type { CacheStore } from '../stores.ts';

/** What became of a batch of changes (S3). */
export type ApplyResult = 'applied' | 'ignored' | 'gap';
/** What a beat asks for: nothing, another hello, or a snapshot because what is shown is not what the server has (S6). */
export type BeatVerdict = 'fine' | 'hello' | 'diverged';

export interface SyncOptions {
  cache: CacheStore;
  sha256: Ports['sha256'];
  /** Written in the transaction that applies a change, before the change. */
  history: Pick<History, 'changes' | 'replaced' | 'forget'>;
  marks: MarksKeeper;
  /** After each commit that moved the cache: what came down, and which orders it touched. */
  onChanges(batch: Changes, orderIds: ReadonlySet<string>): void;
  /** After a snapshot has replaced the cache; null: it was emptied for another store. */
  onReplaced(reason: SnapshotReason | null): void;
}

export type SyncEngine = ReturnType<typeof createSyncEngine>;

/**
 * The way down: batches, snapshots and beats from any path, socket or HTTP, into the cache (S2 to S4, S6). It knows no
 * time and no connection. A write that fails throws `StorageError` and leaves the position as it was.
 */
export function createSyncEngine({ cache, sha256, history, marks, onChanges, onReplaced }: SyncOptions) {
  let position = cache.position();
  /** Where the server's log ends, as last heard; null: not heard on this connection. */
  let head: { epoch: string; seq: number } | null = null;
  /** The position at which the server said that ours is not its history, or that our orders differ from its own. */
  let invalidated: Position | null = null;
  /** Beats in a row that showed another head, with no batch between them. */
  let outOfStep = 0;

  const isAt = (p: Position): boolean =>
    position.epoch === p.epoch && position.cursor === p.cursor && position.hash === p.hash;

  function moveTo(to: Position, write: () => void): void {
    cache.transaction(() => {
      write();
      cache.setPosition(to);
    });
    position = to;
  }

  return {
    position: (): Position => position,
    /** L1's second half of `live`: the cursor stands at the head, in the same epoch. */
    atHead: (): boolean =>
      head !== null &&
      head.epoch === position.epoch &&
      head.seq === position.cursor &&
      !(invalidated !== null && isAt(invalidated)),
    heardHead(epoch: string, seq: number): void {
      head = { epoch, seq };
    },
    /** The server said to start over from here, so a head with the same number proves nothing. Null: it did not. */
    invalidate(at: Position | null): void {
      invalidated = at;
    },
    /** Hello was answered: the count starts again. */
    startCounting(): void {
      outOfStep = 0;
    },

    takeChanges(batch: Changes, path: Exclude<Path, 'snapshot'>): ApplyResult {
      outOfStep = 0;
      if (batch.epoch !== position.epoch || batch.from > position.cursor) return 'gap';
      head = { epoch: batch.epoch, seq: Math.max(batch.head, batch.to) };
      if (batch.to <= position.cursor) return 'ignored';
      const fresh = batch.changes.filter((change) => change.seq > position.cursor);
      const touched = new Set<string>();
      moveTo({ epoch: batch.epoch, cursor: batch.to, hash: batch.hash }, () => {
        history.changes(fresh, path);
        marks.batch(fresh);
        const figures = rowsOfBatch(fresh, cache);
        for (const { orderId, order } of fresh) {
          if (order === undefined) continue;
          touched.add(orderId);
          if (order === null) cache.remove(orderId);
          else cache.put(order);
        }
        for (const row of figures) cache.keepFigureRow(row);
      });
      onChanges({ ...batch, changes: fresh }, touched);
      return 'applied';
    },

    /** S4: replaces the cache, if it still stands at the position `from` at which the server said to start over. */
    takeSnapshot(snapshot: Snapshot, from: Position, why: SnapshotReason): boolean {
      if (!isAt(from)) return false;
      const reason = from.epoch === null ? 'first' : why;
      moveTo({ epoch: snapshot.epoch, cursor: snapshot.seq, hash: snapshot.hash }, () => {
        history.replaced(snapshot, reason);
        const seen = marks.over(snapshot.orders);
        const figures = rowsOfSnapshot(snapshot.orders, cache);
        cache.clear();
        for (const order of snapshot.orders) cache.put(order);
        for (const row of figures) cache.keepFigureRow(row);
        for (const order of seen) cache.keepSeen(order);
      });
      if (head?.epoch !== snapshot.epoch || head.seq < snapshot.seq)
        head = { epoch: snapshot.epoch, seq: snapshot.seq };
      invalidated = null;
      outOfStep = 0;
      onReplaced(reason);
      return true;
    },

    /** For another store: empties the cache. */
    forget(): void {
      head = null;
      moveTo({ epoch: null, cursor: 0, hash: null }, () => {
        cache.clear();
        history.forget();
      });
      onReplaced(null);
    },

    takeBeat(beat: Beat): BeatVerdict {
      head = { epoch: beat.epoch, seq: beat.head };
      if (beat.epoch !== position.epoch) return 'hello';
      if (beat.head !== position.cursor) return ++outOfStep >= 2 ? 'hello' : 'fine';
      outOfStep = 0;
      if (beat.digest === undefined || beat.digest === openDigest(cache.openVersions(), sha256)) return 'fine';
      return 'diverged';
    },
  };
}
