import { v7 as uuid } from 'uuid';
import type { SourceRow } from '../../database/tables.ts';
import type { JobStore } from '../adapter.ts';
import type { RunParts } from '../run-parts.ts';
import { addEntry } from '../source-rows.ts';
import { keptFrom } from './job-rows.ts';

/** The same bytes within this time are one order, ms (contract, section 16). */
const SAME_WITHIN_MS = 60_000;
/** A ticket that says it is a reprint, and has the content of one in this time, is that one, ms. */
const REPRINT_WITHIN_MS = 12 * 3_600_000;
/** Jobs of a source that are kept longer than that. */
const KEPT = 20;
/** The most that are kept; more than a shop prints in {@link REPRINT_WITHIN_MS}. */
const MOST = 2_000;

export function createJobStore({ id: sourceId, store_id }: SourceRow, { db, queue, now }: RunParts): JobStore {
  const entry = (outcome: 'refused' | 'unchanged', detail: string) => ({
    at: new Date(now()).toISOString(),
    what: 'print',
    externalId: null,
    outcome,
    detail,
  });
  return {
    keep: (printed, content, isReprint) =>
      queue.write(store_id, async (write) => {
        const at = now();
        const jobs = write.tx.selectFrom('caught_jobs').where('source_id', '=', sourceId);
        const same = await jobs
          .selectAll()
          .where('at', '>', at - (isReprint ? REPRINT_WITHIN_MS : SAME_WITHIN_MS))
          .where((eb) =>
            isReprint
              ? eb('content', '=', content)
              : eb.and([eb('hash', '=', printed.hash), eb('at', '>', at - SAME_WITHIN_MS)]),
          )
          .limit(1)
          .executeTakeFirst();
        // Its order may not be stored yet: the till asked again, or this try follows one whose end is not known.
        if (same?.taken === 0) return keptFrom(same);
        if (same) {
          const why = isReprint ? 'A reprint of a ticket that is here.' : 'The same ticket again, within a minute.';
          await addEntry(write, sourceId, entry('unchanged', why));
          return null;
        }
        const kept = { id: uuid(), at, printed };
        const row = { ...kept, source_id: sourceId, hash: printed.hash, content, printed: JSON.stringify(printed) };
        await write.tx
          .insertInto('caught_jobs')
          .values({ ...row, taken: 0 })
          .execute();
        const ids = write.tx.selectFrom('caught_jobs').select('id').where('source_id', '=', sourceId);
        const beyond = (count: number) => ids.orderBy('id', 'desc').limit(1).offset(count);
        await write.tx
          .deleteFrom('caught_jobs')
          .where('source_id', '=', sourceId)
          .where('taken', '=', 1)
          .where((eb) =>
            eb.or([
              eb('id', '<=', beyond(MOST)),
              eb.and([eb('id', '<=', beyond(KEPT)), eb('at', '<', at - REPRINT_WITHIN_MS)]),
            ]),
          )
          .execute();
        return kept;
      }),
    async waiting() {
      const rows = await db
        .selectFrom('caught_jobs')
        .selectAll()
        .where('source_id', '=', sourceId)
        .where('taken', '=', 0)
        .orderBy('id')
        .execute();
      return rows.map(keptFrom);
    },
    done: (id) =>
      queue.write(null, async ({ tx }) => {
        await tx.updateTable('caught_jobs').set({ taken: 1 }).where('id', '=', id).execute();
      }),
    refused: (why) => queue.write(null, (write) => addEntry(write, sourceId, entry('refused', why))),
  };
}
