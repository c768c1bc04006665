/** Of better-sqlite3. */
interface Connection {
  exec(statements: string): unknown;
  pragma(source: string, options: { simple: true }): unknown;
  prepare(source: string): { all(): unknown[] };
}

/** What SQLite finds first when it reads the whole file with its indexes; null: all is well. */
export function firstDamage(db: Connection): string | null {
  const found = String(db.pragma('integrity_check(1)', { simple: true }));
  return found === 'ok' ? null : found;
}

/** Builds all indexes again, full-text ones too: everything in them is also in the tables. */
export function rebuildIndexes(db: Connection): void {
  db.exec('reindex');
  const fullText = db
    .prepare("select name from sqlite_schema where sql like 'create virtual table% using fts5%'")
    .all();
  for (const { name } of fullText as { name: string }[]) db.exec(`insert into ${name} (${name}) values ('rebuild')`);
}
