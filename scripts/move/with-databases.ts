import type { Database } from '#server/database/database.ts';
import { openDatabase } from '#server/database/open-database.ts';

interface Urls {
  from: string;
  to: string;
  /** ms since 1970 */
  now: number;
}

/**
 * Opens two databases, as in `DATABASE_URL`, for the time of `run`.
 *
 * @throws with one sentence if one of them cannot be opened; neither stays open
 */
export async function withDatabases<T>(
  { from: fromUrl, to: toUrl, now }: Urls,
  run: (from: Database, to: Database) => Promise<T>,
): Promise<T> {
  const open = (url: string) => openDatabase(url, { now, onFault: () => {} });
  const from = await open(fromUrl);
  try {
    const to = await open(toUrl);
    try {
      return await run(from, to);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}
