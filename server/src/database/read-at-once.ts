import type { Kysely, TransactionBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** For several reads that must see one and the same moment. */
export const readAtOnce = (db: Kysely<Tables>): TransactionBuilder<Tables> =>
  db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
