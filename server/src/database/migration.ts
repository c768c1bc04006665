import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';

/** The arguments of a migration: the schema builder inside its transaction, and what differs between dialects. */
export interface Schema {
  db: Kysely<unknown>;
  /** For what the two cannot have in common. A PostgreSQL database has no rows from before migration 18. */
  dialect: Dialect;
  /** Column type of an integer up to 2^53. */
  integer: RawBuilder<unknown>;
  /** A new table whose columns hold only what their type says. */
  table<N extends string>(name: N): CreateTableBuilder<N, never>;
}

/** Numbered and append-only: once released, a migration is never edited; the next one corrects it. */
export interface Migration {
  number: number;
  name: string;
  /**
   * The newest migration of the oldest program that works with the database after this one: it may go on and start beside
   * programs that have this one (ADR 64). Left out: no older one does.
   */
  worksWith?: number;
  up(schema: Schema): Promise<void>;
}

export type Dialect = 'sqlite' | 'postgres';

export function schemaFor(db: Kysely<unknown>, dialect: Dialect): Schema {
  const sqlite = dialect === 'sqlite';
  return {
    db,
    dialect,
    integer: sqlite ? sql`integer` : sql`bigint`,
    table: (name) => {
      const table = db.schema.createTable(name);
      return sqlite ? table.modifyEnd(sql`strict`) : table;
    },
  };
}
