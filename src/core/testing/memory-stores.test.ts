import { cacheStoreSuite } from '#test/suites/cache-store-suite.ts';
import { queueStoreSuite } from '#test/suites/queue-store-suite.ts';
import { memoryCache } from './memory-cache.ts';
import { memoryQueue } from './memory-queue.ts';

cacheStoreSuite('memory', () => memoryCache().store);
queueStoreSuite('memory', () => memoryQueue().store);
