import Sqlite from 'better-sqlite3';

/** An order as it was sent in, with what the plain server adds. */
export interface Numbered {
  /** Of its last change, in its store: 1, 2, 3 … */
  seq: number;
  order: { id: number } & Record<string, unknown>;
}

/** The orders of the plain servers: one row each, durable (or not, with NORMAL) when a call returns. */
export interface OrderTable {
  create(store: string, draft: object): Numbered;
  /** @returns null: there is no such order in the store */
  change(store: string, id: number, fields: object): Numbered | null;
  /** The orders that changed after this number, as JSON texts. */
  after(store: string, seq: number): string[];
}

/** @param synchronous FULL: a commit survives a power cut; NORMAL: it may be lost in one */
export function openOrderTable(file: string, synchronous: 'FULL' | 'NORMAL'): OrderTable {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.exec(`
    create table if not exists orders (id integer primary key, store text not null, seq integer not null, body text not null);
    create index if not exists orders_of_store on orders (store, seq);
  `);
  // After the first write: better-sqlite3 changes it there when the file is in WAL mode.
  db.pragma(`synchronous = ${synchronous}`);

  const insert = db.prepare('insert into orders (id, store, seq, body) values (?, ?, ?, ?)');
  const update = db.prepare('update orders set seq = ?, body = ? where id = ?');
  const bodyOf = db.prepare<[number, string], string>('select body from orders where id = ? and store = ?').pluck();
  const later = db
    .prepare<[string, number], string>('select body from orders where store = ? and seq > ? order by seq')
    .pluck();
  const head = db.prepare<[string], number>('select coalesce(max(seq), 0) from orders where store = ?').pluck();
  let lastId = Number(db.prepare('select coalesce(max(id), 0) from orders').pluck().get());
  const heads = new Map<string, number>();
  const next = (store: string): number => {
    const seq = (heads.get(store) ?? head.get(store) ?? 0) + 1;
    heads.set(store, seq);
    return seq;
  };

  return {
    create(store, draft) {
      const seq = next(store);
      const order = { id: ++lastId, ...draft };
      insert.run(order.id, store, seq, JSON.stringify(order));
      return { seq, order };
    },
    change(store, id, fields) {
      const body = bodyOf.get(id, store);
      if (body === undefined) return null;
      const seq = next(store);
      const order = { ...JSON.parse(body), ...fields };
      update.run(seq, JSON.stringify(order), id);
      return { seq, order };
    },
    after: (store, seq) => later.all(store, seq),
  };
}
