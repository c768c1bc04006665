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
  // Checksums now cover the number of a row too. That of a damaged row stays as it is, so that it is still found.
  `UPDATE tickets SET checksum = row_checksum(n, id, at, hash, content, printed, state, why) WHERE checksum = row_checksum(id, at, hash, content, printed, state, why);`,
];
