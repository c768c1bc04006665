import { cacheStoreSuite } from '#test/suites/cache-store-suite.ts';
import { queueStoreSuite } from '#test/suites/queue-store-suite.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteCache } from './sqlite-cache.ts';
import { sqliteQueue } from './sqlite-queue.ts';

const file = ':memory:';
cacheStoreSuite('SQLite', () =>
  sqliteCache(openDatabase({ file, migrations: CACHE_MIGRATIONS, synchronous: 'NORMAL' })),
);
queueStoreSuite('SQLite', () => sqliteQueue(openDatabase({ file, migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' })));
