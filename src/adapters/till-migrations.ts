/** Append-only. */
export const TILL_MIGRATIONS: readonly string[] = [
  // What tills printed to this computer (ADR 56). Every write computes the checksum, each start verifies it.
  `CREATE TABLE tickets (
     n        INTEGER PRIMARY KEY AUTOINCREMENT,
     id       TEXT NOT NULL UNIQUE,
     at       INTEGER NOT NULL,
     hash     TEXT NOT NULL,
     content  TEXT NOT NULL,
     printed  TEXT NOT NULL,
     state    TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'done')),
     why      TEXT,
     checksum INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX tickets_open ON tickets (n) WHERE state <> 'done';
   CREATE INDEX tickets_hash ON tickets (hash);
   CREATE INDEX tickets_content ON tickets (content);`,
];
