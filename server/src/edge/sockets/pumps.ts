import { BATCH_CHANGES, type Changes, MAX_BATCHES_AHEAD, type Position, type ResetReason } from '#contract/sync.ts';
import type { Log, LogRead } from '../../service.ts';
import type { Seats } from './seats.ts';

/** Somebody who follows a store's log: where they stand, and what is under way to them. */
export interface Follower {
  storeId: string;
  /** After the last batch sent; null: nothing is sent until the next start. */
  position: Position | null;
  /** Each batch that is not yet known to be on their disk, oldest first: its `to`, and when that was committed. */
  unconfirmed: { to: number; committedAt: number }[];
  /** What they have on their disk. */
  cursor: number;
  /** When they began to follow; like `committedAt` ms on the clock that never jumps. */
  startedAt: number;
}

export interface PumpsOptions<S extends Follower> {
  log: Pick<Log, 'read'>;
  seats: Seats<S>;
  /** Encodes the batch once and sends the same bytes to all of them. */
  send: (storeId: string, seats: S[], changes: Changes) => void;
  /** The log no longer goes on from where this one stands. */
  onReset: (seat: S, reason: ResetReason) => void;
  /** A batch is on a disk, so long after it was committed, or after its display came when that was later. */
  onDelivered?: (seconds: number) => void;
  onFailure: (error: unknown) => void;
}

/**
 * Moves a store's log to its displays, each from where it stands (contract, section 6). A commit pushes nothing: it
 * wakes the pumps. Displays that stand at the same place share one read and one encoding. A display that has not
 * confirmed four batches is not read for until it does, so a slow one costs nothing.
 */
export interface Pumps<S extends Follower> {
  /** They stand here: send what comes after. */
  start(seat: S, position: Position): void;
  /** Send nothing until the next start. */
  pause(seat: S): void;
  /** Everything up to the cursor is on their disk; what was not sent to them cannot be. */
  confirm(seat: S, cursor: number): void;
  /** The head of a store, as somebody heard it; a hint: what is sent is what the log says. */
  wake(storeId: string, head: number): void;
}

export function createPumps<S extends Follower>(options: PumpsOptions<S>): Pumps<S> {
  const { log, seats, send, onReset, onDelivered, onFailure } = options;
  const heads = new Map<string, number>();
  /** Reads under way, by place: those who get what comes back. */
  const reads = new Map<string, Set<S>>();

  function pump(seat: S): void {
    const { position, storeId } = seat;
    if (!position || seat.unconfirmed.length >= MAX_BATCHES_AHEAD || heads.get(storeId) === position.cursor) return;
    const place = placeOf(storeId, position);
    const sharers = reads.get(place);
    if (sharers) {
      sharers.add(seat);
      return;
    }
    const group = new Set([seat]);
    reads.set(place, group);
    log
      .read(storeId, position, BATCH_CHANGES)
      .finally(() => reads.delete(place))
      .then((read) => deliver(storeId, place, group, read))
      // Nothing is lost: the heads are looked at again within a second.
      .catch(onFailure);
  }

  function deliver(storeId: string, place: string, group: Set<S>, read: LogRead): void {
    const here = [...group].filter((seat) => seat.position !== null && placeOf(storeId, seat.position) === place);
    if (read.mode === 'snapshot') {
      for (const seat of here) {
        seat.position = null;
        onReset(seat, read.reason);
      }
      return;
    }
    heads.set(storeId, read.head);
    if (read.to === read.from || here.length === 0) return;
    const { epoch, from, to, hash, head, changes } = read;
    send(storeId, here, { epoch, from, to, hash, head, changes });
    const now = performance.now();
    const age = Date.now() - Date.parse(changes.at(-1)?.at ?? '');
    for (const seat of here) {
      seat.position = { epoch, cursor: to, hash };
      // By the clock on the wall, so within what the other clock allows.
      const waited = Math.min(Math.max(0, age || 0), now - seat.startedAt);
      seat.unconfirmed.push({ to, committedAt: now - waited });
      pump(seat);
    }
  }

  return {
    start(seat, position) {
      seat.position = position;
      seat.unconfirmed = [];
      seat.cursor = position.cursor;
      seat.startedAt = performance.now();
      pump(seat);
    },
    pause(seat) {
      seat.position = null;
    },
    confirm(seat, cursor) {
      if (!seat.position) return;
      seat.cursor = Math.max(seat.cursor, Math.min(cursor, seat.position.cursor));
      const now = performance.now();
      for (const { to, committedAt } of seat.unconfirmed) if (to <= cursor) onDelivered?.((now - committedAt) / 1_000);
      seat.unconfirmed = seat.unconfirmed.filter(({ to }) => to > cursor);
      pump(seat);
    },
    wake(storeId, head) {
      heads.set(storeId, head);
      for (const seat of seats.of(storeId)) pump(seat);
    },
  };
}

function placeOf(storeId: string, { epoch, cursor, hash }: Position): string {
  return `${storeId} ${epoch} ${cursor} ${hash}`;
}
