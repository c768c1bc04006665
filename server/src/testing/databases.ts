import { onTestFinished } from 'vitest';
import { type OpenTemp, sqliteService, type TempOptions, type TempService } from './temp-service.ts';

const OPENERS: Record<string, OpenTemp> = { SQLite: sqliteService };

/** The databases that the service is tested on, for `describe.each`. `start` opens a service that ends with its test. */
export const DATABASES = Object.entries(OPENERS).map(([database, open]) => ({
  database,
  async start(options?: TempOptions): Promise<TempService> {
    const temp = await open(options);
    onTestFinished(() => temp.dispose());
    return temp;
  },
}));
