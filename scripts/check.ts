import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkDatabase, dropUnreadableLog } from './check/check-database.ts';

/**
 * `npm run check -- FILE`: looks through a database of the server or of a display, row by row, and says what is wrong. With
 * `--repair` it keeps a copy and drops what cannot be read of the write-ahead log. Exits with 0 if all is well, 1 if something
 * is damaged, 2 if it could not check.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { repair: { type: 'boolean', default: false } },
});
const [file] = positionals;
try {
  if (!file || !existsSync(file)) throw new Error('Name a database: npm run check -- data/ticketrail.db');
  if (values.repair) console.log(`a copy is kept: ${dropUnreadableLog(file)}`);
  const sentences = checkDatabase(file);
  for (const sentence of sentences) console.error(`${file}: ${sentence}`);
  if (sentences.length > 0) process.exitCode = 1;
  else console.log(`${file}: all of it can be read`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
