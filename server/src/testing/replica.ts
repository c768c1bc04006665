import type { Order } from '#contract/order.ts';
import type { Change, Position } from '#contract/sync.ts';
import type { Service } from '../service.ts';
import { readSnapshot } from './read-snapshot.ts';

/** A minimal display cache: follows a store's log by rules S2 to S4, to check that the server keeps them. */
export interface Replica {
  orders: ReadonlyMap<string, Order>;
  position: Readonly<Position>;
  /** How often it started over. */
  snapshots: number;
  /** Sets its position. */
  standAt(position: Position): void;
  /** Reads until it is at the head. */
  follow(limit?: number): Promise<Change[]>;
}

export function createReplica(service: () => Service, storeId: string): Replica {
  let orders = new Map<string, Order>();
  let position: Position = { epoch: null, cursor: 0, hash: null };
  const replica = {
    get orders() {
      return orders;
    },
    get position() {
      return position;
    },
    snapshots: 0,
    standAt(there: Position) {
      position = there;
    },
    async follow(limit = 200) {
      const seen: Change[] = [];
      let fresh: Position | undefined;
      for (;;) {
        const read = await service().log.read(storeId, position, limit);
        if (read.mode === 'snapshot') {
          check(position !== fresh, `a snapshot is where a display can go on from (${read.reason})`);
          const snapshot = await readSnapshot(service(), storeId);
          orders = new Map(snapshot.orders.map((order) => [order.id, order]));
          fresh = position = { epoch: snapshot.epoch, cursor: snapshot.seq, hash: snapshot.hash };
          replica.snapshots++;
          continue;
        }
        check(read.from === position.cursor, 'a batch begins where the display stands');
        for (const [i, change] of read.changes.entries()) {
          check(change.seq === read.from + i + 1, 'numbers have no holes');
          if (change.order) orders.set(change.orderId, change.order);
          else if (change.order === null) orders.delete(change.orderId);
        }
        seen.push(...read.changes);
        position = { epoch: read.epoch, cursor: read.to, hash: read.hash };
        if (read.to === read.head) return seen;
      }
    },
  };
  return replica;
}

function check(holds: boolean, rule: string): void {
  if (!holds) throw new Error(`broken: ${rule}`);
}
