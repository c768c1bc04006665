import { crc32 } from 'node:zlib';
import type Sqlite from 'better-sqlite3';
import { schemaOf } from '#sqlite/schema-of.ts';

/**
 * The checksum of the schema is stored in the file's header, as `application_id`; 0: none yet. A damaged schema can be valid,
 * with a column of another name, and would show only at the first query that needs it.
 */
export function checkSchema(sqlite: Sqlite.Database): void {
  const mark = Number(sqlite.pragma('application_id', { simple: true }));
  if (mark !== 0 && mark !== markOf(sqlite))
    throw new Error(
      'its schema is damaged, or was changed by hand; put a backup in its place after you delete the -wal and -shm files ' +
        'beside it',
    );
}

/** To be called before a change of the schema. */
export const clearMark = (sqlite: Sqlite.Database): void => void sqlite.pragma('application_id = 0');

export function markSchema(sqlite: Sqlite.Database): void {
  const mark = markOf(sqlite);
  if (mark !== sqlite.pragma('application_id', { simple: true })) sqlite.pragma(`application_id = ${mark}`);
}

const markOf = (sqlite: Sqlite.Database): number => crc32(schemaOf(sqlite)) | 0;
