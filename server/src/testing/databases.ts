import { onTestFinished } from 'vitest';
import { postgresUrl } from './postgres-databases.ts';
import { type OpenTemp, postgresService, sqliteService, type TempOptions, type TempService } from './temp-service.ts';

/** On the database of this test run. */
export const tempService: OpenTemp = postgresUrl() ? postgresService : sqliteService;
const OPENERS: Record<string, OpenTemp> = { [postgresUrl() ? 'PostgreSQL' : 'SQLite']: tempService };

/**
 * The databases that the service is tested on, for `describe.each`: SQLite, or with `TICKETRAIL_TEST_DATABASE=postgres` the
 * other one. `start` opens a service that ends with its test.
 */
export const DATABASES = Object.entries(OPENERS).map(([database, open]) => ({
  database,
  async start(options?: TempOptions): Promise<TempService> {
    const temp = await open(options);
    onTestFinished(() => temp.dispose());
    return temp;
  },
}));
