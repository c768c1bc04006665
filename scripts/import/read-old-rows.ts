import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { OldRows } from './old-row.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readOldDatabase } from './read-old-database.ts';

/**
 * The rows of an older system's file; its ending says what it is.
 *
 * @throws with one sentence
 */
export function readOldRows(file: string): OldRows {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return readCsv(textOf(file));
    case '.json':
      return readJson(textOf(file));
    case '.db':
      return readOldDatabase(file);
    default:
      throw new Error('its name must end with .json, .csv or .db');
  }
}

/** Without a byte order mark. */
function textOf(file: string): string {
  const bytes = readFileSync(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('it is not in UTF-8; save it as UTF-8');
  }
}
