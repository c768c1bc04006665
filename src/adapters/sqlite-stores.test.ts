import { queueStoreSuite } from '#test/suites/queue-store-suite.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteQueue } from './sqlite-queue.ts';

queueStoreSuite('SQLite', () =>
  sqliteQueue(openDatabase({ file: ':memory:', migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' })),
);
