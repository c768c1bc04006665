import type { Migration } from '../database/migration.ts';
import { allMigrations } from '../database/migrations/all-migrations.ts';
import { openDatabase } from '../database/open-database.ts';

/**
 * A start that is killed in the middle of its migrations: `node die-in-migration.ts FILE MIGRATION AFTER`. It dies by
 * SIGKILL after that many statements of the migration, before the commit.
 */
const [, , file = '', number = '', after = ''] = process.argv;
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive');
};

const migrations = allMigrations.map((migration): Migration => {
  if (migration.number !== Number(number)) return migration;
  return {
    ...migration,
    async up(schema) {
      let left = Number(after);
      const db = schema.db.withPlugin({
        transformQuery({ node }) {
          if (left-- === 0) die();
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      const table: typeof schema.table = (name) => {
        if (left-- === 0) die();
        return schema.table(name);
      };
      await migration.up({ ...schema, db, table });
      die();
    },
  };
});
await openDatabase(`file:${file}`, { now: Date.now(), onFault: () => {}, migrations });
