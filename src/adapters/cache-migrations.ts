/** Append-only. The cache is disposable: if the shape of an order changes, a migration may simply empty it. */
export const CACHE_MIGRATIONS: readonly string[] = [
  `CREATE TABLE orders (
     id           TEXT PRIMARY KEY,
     open         INTEGER NOT NULL CHECK (open IN (0, 1)),
     status_since TEXT NOT NULL,
     updated_at   TEXT NOT NULL,
     version      INTEGER NOT NULL,
     body         TEXT NOT NULL
   ) STRICT;
   CREATE INDEX orders_open ON orders (id, version) WHERE open = 1;
   CREATE INDEX orders_closed_since ON orders (status_since) WHERE open = 0;
   CREATE INDEX orders_closed_updated ON orders (updated_at) WHERE open = 0;
   CREATE TABLE position (
     only   INTEGER PRIMARY KEY CHECK (only = 1),
     epoch  TEXT,
     cursor INTEGER NOT NULL,
     hash   TEXT
   ) STRICT;
   INSERT INTO position VALUES (1, NULL, 0, NULL);
   CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
  // The event history, ordered by id, and so by time. The indexes cover only the rows that the figures count.
  `CREATE TABLE history (
     id    INTEGER PRIMARY KEY AUTOINCREMENT,
     at    INTEGER NOT NULL,
     kind  TEXT NOT NULL,
     path  TEXT,
     delay INTEGER,
     back  INTEGER NOT NULL CHECK (back IN (0, 1)),
     words TEXT NOT NULL,
     body  TEXT NOT NULL
   ) STRICT;
   CREATE INDEX history_delays ON history (path, delay) WHERE path IS NOT NULL;
   CREATE INDEX history_back ON history (back) WHERE back = 1;`,
  // Orders changed by somebody outside the kitchen, as a person here last saw them.
  `CREATE TABLE seen (order_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;`,
  // Search texts of orders, newest first; small rows, so that a search reads no bodies. `sqlite-search.ts` fills it.
  `CREATE TABLE order_words (
     created_at TEXT NOT NULL,
     id         TEXT NOT NULL UNIQUE REFERENCES orders (id) ON DELETE CASCADE,
     words      TEXT NOT NULL,
     PRIMARY KEY (created_at, id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX history_of_order ON history (json_extract(body, '$.orderId'), id)
     WHERE json_extract(body, '$.orderId') IS NOT NULL;`,
  // The fields of each order that the figures need, in small rows. Earlier steps of existing orders are unknown.
  `CREATE TABLE figure_rows (
     order_id     TEXT PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
     created_at   TEXT NOT NULL,
     placed_at    TEXT NOT NULL,
     due_at       TEXT,
     status       TEXT NOT NULL,
     status_since TEXT NOT NULL,
     fulfilment   TEXT NOT NULL,
     total_minor  INTEGER NOT NULL,
     started_at   TEXT,
     ready_at     TEXT,
     recalls      INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX figure_rows_created ON figure_rows (created_at);
   INSERT INTO figure_rows
   SELECT id, body ->> 'createdAt', body ->> 'placedAt', body ->> 'dueAt', body ->> 'status', body ->> 'statusSince',
     body ->> 'fulfilment', body ->> 'totalMinor',
     CASE body ->> 'status' WHEN 'preparing' THEN body ->> 'statusSince' END,
     CASE body ->> 'status' WHEN 'ready' THEN body ->> 'statusSince' END, 0
   FROM orders;`,
  // The last seen state is now deleted with its order, and kept for closed orders too.
  `CREATE TABLE last_seen (
     order_id TEXT PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
     body     TEXT NOT NULL
   ) STRICT;
   INSERT INTO last_seen SELECT order_id, body FROM seen WHERE order_id IN (SELECT id FROM orders);
   DROP TABLE seen;
   ALTER TABLE last_seen RENAME TO seen;`,
  // Taps and answers in the history now name their command by id, not by number, and call the intent `intent`, not `wish`.
  `DELETE FROM history WHERE body ->> 'wish' = 'void' OR body ->> 'what' = 'identity_renewed';
   UPDATE history SET body = json_set(json_remove(body, '$.wish', '$.n'), '$.intent', body ->> 'wish',
     '$.commandId', coalesce('n ' || (body ->> 'n'), ''))
   WHERE body ->> 'wish' IS NOT NULL;`,
  // Each row has a checksum of its other columns, without its row number. Every write computes it, each start verifies it.
  `ALTER TABLE orders ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE orders SET checksum = row_checksum(id, open, status_since, updated_at, version, body);
   ALTER TABLE position ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE position SET checksum = row_checksum(epoch, cursor, hash);
   ALTER TABLE notes ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE notes SET checksum = row_checksum(key, value);
   ALTER TABLE history ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE history SET checksum = row_checksum(at, kind, path, delay, back, words, body);
   ALTER TABLE order_words ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE order_words SET checksum = row_checksum(created_at, id, words);
   ALTER TABLE figure_rows ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE figure_rows SET checksum = row_checksum(order_id, created_at, placed_at, due_at, status, status_since,
     fulfilment, total_minor, started_at, ready_at, recalls);
   ALTER TABLE seen ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE seen SET checksum = row_checksum(order_id, body);`,
  // Checksums now cover the number of a row too. That of a damaged row stays as it is, so that it is still found.
  `UPDATE history SET checksum = row_checksum(id, at, kind, path, delay, back, words, body) WHERE checksum = row_checksum(at, kind, path, delay, back, words, body);`,
];
