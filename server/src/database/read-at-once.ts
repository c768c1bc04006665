import type { Kysely, TransactionBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** For several reads that must see the same state. */
export const readAtOnce = (db: Kysely<Tables>): TransactionBuilder<Tables> =>
  db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
