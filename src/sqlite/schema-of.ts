/** Of better-sqlite3. */
interface Connection {
  prepare(sql: string): { raw(): { all(): unknown[] } };
}

/** The schema of a database as text, without the tables that `ANALYZE` adds. */
export const schemaOf = (db: Connection): string =>
  JSON.stringify(
    db
      .prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
      )
      .raw()
      .all(),
  );
