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
  // What outlives a start and is no setting: the hash of the PIN, when the day was ended.
  `CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  // Commands are known by their id alone, and the order of the rows is their chain (C1, ADR 22). Numbers, generations and
  // the `void` commands that filled holes go; so do answers that were given to the device this display was before.
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
];
