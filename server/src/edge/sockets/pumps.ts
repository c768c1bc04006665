import { BATCH_CHANGES, type Changes, MAX_BATCHES_AHEAD, type Position, type ResetReason } from '#contract/sync.ts';
import type { Log, LogRead } from '../../service.ts';
import type { Seats } from './seats.ts';
import type { Seat } from './store-namespace.ts';

export interface PumpsOptions {
  log: Pick<Log, 'read'>;
  seats: Seats;
  /** Encodes the batch once and sends the same bytes to all of them. */
  send: (seats: Seat[], changes: Changes) => void;
  /** The log no longer goes on from where this display stands. */
  onReset: (seat: Seat, reason: ResetReason) => void;
  onFailure: (error: unknown) => void;
}

/**
 * Moves a store's log to its displays, each from where it stands (contract, section 6). A commit pushes nothing: it
 * wakes the pumps. Displays that stand at the same place share one read and one encoding. A display that has not
 * confirmed four batches is not read for until it does, so a slow one costs nothing.
 */
export interface Pumps {
  /** The display stands here: send what comes after. */
  start(seat: Seat, position: Position): void;
  /** Send nothing until the next start. */
  pause(seat: Seat): void;
  /** Everything up to the cursor is on the display's disk. */
  confirm(seat: Seat, cursor: number): void;
  /** The head of a store, as somebody heard it; a hint: what is sent is what the log says. */
  wake(storeId: string, head: number): void;
}

export function createPumps({ log, seats, send, onReset, onFailure }: PumpsOptions): Pumps {
  const heads = new Map<string, number>();
  /** Reads under way, by place: the displays that get what comes back. */
  const reads = new Map<string, Set<Seat>>();

  function pump(seat: Seat): void {
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

  function deliver(storeId: string, place: string, group: Set<Seat>, read: LogRead): void {
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
    send(here, { epoch, from, to, hash, head, changes });
    for (const seat of here) {
      seat.position = { epoch, cursor: to, hash };
      seat.unconfirmed.push(to);
      pump(seat);
    }
  }

  return {
    start(seat, position) {
      seat.position = position;
      seat.unconfirmed = [];
      seat.cursor = position.cursor;
      pump(seat);
    },
    pause(seat) {
      seat.position = null;
    },
    confirm(seat, cursor) {
      seat.cursor = Math.max(seat.cursor, cursor);
      seat.unconfirmed = seat.unconfirmed.filter((to) => to > cursor);
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
