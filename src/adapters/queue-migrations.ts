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
];
