import type Sqlite from 'better-sqlite3';
import type { Order } from '#contract/order.ts';

interface Row {
  seq: number;
  hash: string;
  orderId: string;
  version: number;
  body: string | null;
}
/** The store at one point of its history: each order's body by id. */
type Orders = ReadonlyMap<string, string>;

export interface LogPoint {
  seq: number;
  orders: Orders;
}

/** The orders at each point of the log, by rolling hash, read from the server's file; a restored backup removes no points. */
export function createOracle(now: () => number, fault: (words: string) => void) {
  const points = new Map<string | null, LogPoint>([[null, { seq: 0, orders: new Map() }]]);
  const bodies = new Set<string>();
  /** By epoch and hash: when the log last ended there; ms. */
  const wasHead = new Map<string, number>();
  let current: { epoch: string; hash: string | null; seq: number } = { epoch: '', hash: null, seq: 0 };
  let ancestors = new Set<string | null>([null]);
  /** Points that the log was once without, after it had had them. */
  const lost = new Set<string | null>();
  const epochs = new Set<string>();
  const key = (epoch: string | null, hash: string | null): string => `${epoch} ${hash}`;

  function take(row: Row): void {
    if (row.seq !== current.seq + 1) fault(`[S1] the log goes from ${current.seq} to ${row.seq}`);
    if (!points.has(row.hash)) learn(row);
    ancestors.add(row.hash);
    current = { ...current, hash: row.hash, seq: row.seq };
  }
  function learn(row: Row): void {
    const before = points.get(current.hash)?.orders ?? new Map<string, string>();
    const orders = new Map(before);
    if (row.body !== null) bodies.add(row.body);
    if (row.body === null) orders.delete(row.orderId);
    else orders.set(row.orderId, row.body);
    const was = before.get(row.orderId);
    const version = was === undefined ? 0 : (JSON.parse(was) as { version: number }).version;
    if (row.version !== version + 1) fault(`an order goes from version ${version} to ${row.version}`);
    points.set(row.hash, { seq: row.seq, orders });
  }
  const markHead = (): void => void wasHead.set(key(current.epoch, current.hash), now());

  const rowsAfter = (look: Sqlite.Database, seq: number): Row[] =>
    look
      .prepare<[number], Row>(
        'SELECT seq, hash, order_id AS orderId, version, body FROM changes WHERE seq > ? ORDER BY seq',
      )
      .all(seq);

  return {
    /** The server has committed something. */
    follow(look: Sqlite.Database): void {
      for (const row of rowsAfter(look, current.seq)) {
        markHead();
        take(row);
        markHead();
      }
    },
    /** The server runs on another file. */
    begin(look: Sqlite.Database): void {
      markHead();
      const { epoch } = look.prepare<[], { epoch: string }>('SELECT epoch FROM store_logs').get() ?? { epoch: '' };
      current = { epoch, hash: null, seq: 0 };
      epochs.add(epoch);
      const before = ancestors;
      ancestors = new Set([null]);
      for (const row of rowsAfter(look, 0)) take(row);
      for (const point of before) if (!ancestors.has(point)) lost.add(point);
    },
    head: () => current,
    /** Every epoch that the server has had. */
    epochs: (): ReadonlySet<string> => epochs,
    /** Whether an order was ever like that. */
    hasHad: (order: Order): boolean => bodies.has(JSON.stringify(order)),
    at: (hash: string | null): LogPoint | undefined => points.get(hash),
    /**
     * Whether the current log contains this point, and always has since it was written: a display that was told to start over while
     * it was lost may store that when it is there again.
     */
    isPast: (epoch: string | null, hash: string | null): boolean =>
      epoch === current.epoch && ancestors.has(hash) && !lost.has(hash),
    /** ms since the log last ended there; 0: it does. */
    sinceHead(epoch: string | null, hash: string | null): number {
      if (epoch === current.epoch && hash === current.hash) return 0;
      return now() - (wasHead.get(key(epoch, hash)) ?? Number.NEGATIVE_INFINITY);
    },
  };
}
export type Oracle = ReturnType<typeof createOracle>;
