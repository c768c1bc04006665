import type { Path, SnapshotReason } from '#contract/history.ts';
import { openDigest } from '#contract/open-digest.ts';
import type { Beat, Changes, Position, Snapshot } from '#contract/sync.ts';
import type { MarksKeeper } from '../board/marks.ts';
import type { CachedFacts } from '../cached-facts.ts';
import { rowsOfBatch, rowsOfSnapshot } from '../figures/figure-rows.ts';
import type { History } from '../history/history.ts';
import type { Ports } from '../ports.ts';
import type { CacheStore } from '../stores.ts';

/** The outcome of a batch of changes (S3). */
export type ApplyResult = 'applied' | 'ignored' | 'gap';
/** What a beat asks for: nothing, another hello, or a snapshot because cache and server differ (S6). */
export type BeatVerdict = 'fine' | 'hello' | 'diverged';

export interface SyncOptions {
  cache: CacheStore;
  sha256: Ports['sha256'];
  /** Written in the transaction that applies a change, before it. */
  history: Pick<History, 'changes' | 'replaced' | 'forget'>;
  marks: MarksKeeper;
  facts: Pick<CachedFacts, 'setPrunedAt'>;
  /** After each commit that moved the cursor: the applied changes, and the orders they touched. */
  onChanges(batch: Changes, orderIds: ReadonlySet<string>): void;
  /** After a snapshot replaced the cache; null: the cache was emptied for another store. */
  onReplaced(reason: SnapshotReason | null): void;
}

export type SyncEngine = ReturnType<typeof createSyncEngine>;

/**
 * Applies batches, snapshots and beats to the cache, whether they arrive by socket or HTTP (S2 to S4, S6). It uses no
 * clock and no connection. A failed write throws `StorageError` and leaves the position unchanged.
 */
export function createSyncEngine({ cache, sha256, history, marks, facts, onChanges, onReplaced }: SyncOptions) {
  let position = cache.position();
  /** The last known head of the server's log; null: none since the start. */
  let head: { epoch: string; seq: number } | null = null;
  /** The position at which the server rejected our history, or at which our orders differed from the server's. */
  let invalidated: Position | null = null;
  /** Consecutive beats that showed another head, with no batch between them. */
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
    head: (): typeof head => head,
    /** The second condition for `live` (L1): the cursor is at the head, in the same epoch. */
    atHead: (): boolean =>
      head !== null &&
      head.epoch === position.epoch &&
      head.seq === position.cursor &&
      !(invalidated !== null && isAt(invalidated)),
    setHead(epoch: string, seq: number): void {
      head = { epoch, seq };
    },
    /** The server said to start over from here, so an equal head number proves nothing. Null: it did not say so. */
    invalidate(at: Position | null): void {
      invalidated = at;
    },
    /** The server answered hello: resets the count of out-of-step beats. */
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

    /** S4: replaces the cache if its position is still `from`, where the server said to start over. */
    takeSnapshot(snapshot: Snapshot, from: Position, why: SnapshotReason): boolean {
      if (!isAt(from)) return false;
      const reason = from.epoch === null ? 'first' : why;
      moveTo({ epoch: snapshot.epoch, cursor: snapshot.seq, hash: snapshot.hash }, () => {
        history.replaced(snapshot, reason);
        const seen = marks.over(snapshot.orders);
        const figures = rowsOfSnapshot(snapshot.orders, cache);
        cache.clear();
        facts.setPrunedAt(snapshot.serverTime);
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

    /** Forgets the position: the server answers the next hello or poll by a snapshot. Until then the orders stay. */
    startOver: (): void => moveTo({ epoch: null, cursor: 0, hash: null }, () => {}),

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
