/** Append-only. */
export const QUEUE_MIGRATIONS: readonly string[] = [
  `CREATE TABLE identity (
     only        INTEGER PRIMARY KEY CHECK (only = 1),
     generation  INTEGER NOT NULL,
     next_n      INTEGER NOT NULL CHECK (next_n >= 1),
     renew       INTEGER NOT NULL CHECK (renew IN (0, 1)),
     token_hash  TEXT,
     device_id   TEXT,
     device_name TEXT
   ) STRICT;
   CREATE TABLE commands (
     id           INTEGER PRIMARY KEY AUTOINCREMENT,
     generation   INTEGER NOT NULL,
     n            INTEGER NOT NULL CHECK (n >= 1),
     command_id   TEXT NOT NULL UNIQUE,
     order_id     TEXT NOT NULL,
     type         TEXT NOT NULL,
     payload      TEXT NOT NULL,
     base_version INTEGER NOT NULL,
     issued_at    TEXT NOT NULL,
     outcome      TEXT CHECK (outcome IN ('applied', 'already', 'superseded', 'rejected')),
     seq          INTEGER,
     epoch        TEXT,
     answered_at  INTEGER,
     UNIQUE (generation, n),
     CHECK ((outcome IS NULL) = (seq IS NULL) AND (outcome IS NULL) = (epoch IS NULL)
            AND (outcome IS NULL) = (answered_at IS NULL))
   ) STRICT;
   CREATE INDEX commands_queued ON commands (id) WHERE outcome IS NULL;
   CREATE INDEX commands_answered ON commands (epoch, seq) WHERE outcome IS NOT NULL;
   CREATE TABLE attention (
     id   TEXT PRIMARY KEY,
     at   INTEGER NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE TABLE settings (only INTEGER PRIMARY KEY CHECK (only = 1), body TEXT NOT NULL) STRICT;`,
  // Orders that a native notification was shown for (A2).
  `CREATE TABLE alerts (order_id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
  // Persistent values that are not settings: the hash of the PIN, the last end of day.
  `CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  // A command's id alone identifies it, and the order of the rows is the chain (C1, ADR 22). Removes numbers, generations,
  // the `void` commands that filled gaps, and the answers that this display got as another device.
  `CREATE TABLE chain (
     id           INTEGER PRIMARY KEY AUTOINCREMENT,
     command_id   TEXT NOT NULL UNIQUE,
     order_id     TEXT NOT NULL,
     type         TEXT NOT NULL,
     payload      TEXT NOT NULL,
     base_version INTEGER NOT NULL,
     issued_at    TEXT NOT NULL,
     outcome      TEXT CHECK (outcome IN ('applied', 'already', 'superseded', 'rejected')),
     seq          INTEGER,
     epoch        TEXT,
     answered_at  INTEGER,
     CHECK ((outcome IS NULL) = (seq IS NULL) AND (outcome IS NULL) = (epoch IS NULL)
            AND (outcome IS NULL) = (answered_at IS NULL))
   ) STRICT;
   INSERT INTO chain
   SELECT id, command_id, order_id, type, payload, base_version, issued_at, outcome, seq, epoch, answered_at
   FROM commands
   WHERE type <> 'void' AND (outcome IS NULL OR generation = (SELECT generation FROM identity))
   ORDER BY id;
   DROP TABLE commands;
   ALTER TABLE chain RENAME TO commands;
   CREATE INDEX commands_queued ON commands (id) WHERE outcome IS NULL;
   CREATE INDEX commands_answered ON commands (epoch, seq) WHERE outcome IS NOT NULL;
   ALTER TABLE identity DROP COLUMN generation;
   ALTER TABLE identity DROP COLUMN next_n;
   ALTER TABLE identity DROP COLUMN renew;`,
  // Each row has a checksum of its other columns, without its row number. Every write computes it, each start verifies it.
  `ALTER TABLE identity ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE identity SET checksum = row_checksum(token_hash, device_id, device_name);
   ALTER TABLE commands ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE commands SET checksum = row_checksum(command_id, order_id, type, payload, base_version, issued_at, outcome, seq,
     epoch, answered_at);
   ALTER TABLE attention ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE attention SET checksum = row_checksum(id, at, body);
   ALTER TABLE settings ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE settings SET checksum = row_checksum(body);
   ALTER TABLE alerts ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE alerts SET checksum = row_checksum(order_id, at);
   ALTER TABLE notes ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE notes SET checksum = row_checksum(key, body);`,
  // What the printers of this display print (ADR 54).
  `CREATE TABLE prints (
     id         INTEGER PRIMARY KEY AUTOINCREMENT,
     printer_id TEXT NOT NULL,
     request    TEXT NOT NULL,
     order_id   TEXT,
     state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'printed', 'given_up')),
     reprint    INTEGER NOT NULL CHECK (reprint IN (0, 1)),
     at         INTEGER NOT NULL,
     checksum   INTEGER NOT NULL,
     UNIQUE (printer_id, request)
   ) STRICT;
   CREATE INDEX prints_waiting ON prints (printer_id, id) WHERE state = 'waiting';`,
  // Checksums now cover the number of a row too. That of a damaged row stays as it is, so that it is still found.
  `UPDATE commands SET checksum = row_checksum(id, command_id, order_id, type, payload, base_version, issued_at, outcome, seq, epoch, answered_at) WHERE checksum = row_checksum(command_id, order_id, type, payload, base_version, issued_at, outcome, seq, epoch, answered_at);
   UPDATE prints SET checksum = row_checksum(id, printer_id, request, order_id, state, reprint, at) WHERE checksum = row_checksum(printer_id, request, order_id, state, reprint, at);`,
];
