import { v7 as uuid } from 'uuid';
import { KEPT_JOBS, MOST_JOBS, repeatableSince, sameAs } from '#capture/same-job.ts';
import type { JobStore } from '../adapter.ts';
import type { RunParts } from '../run-parts.ts';
import { addEntry } from '../source-rows.ts';
import type { SourceRow } from '../source-tables.ts';
import { keptFrom } from './job-rows.ts';

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
        const { hash } = printed;
        const { bytesSince, content: repeated, contentSince, until } = sameAs(at, hash, content, isReprint);
        const jobs = write.tx.selectFrom('caught_jobs').where('source_id', '=', sourceId);
        const same = await jobs
          .selectAll()
          .where('at', '<=', until)
          .where((eb) =>
            eb.or([
              eb.and([eb('hash', '=', hash), eb('at', '>', bytesSince)]),
              eb.and([eb('content', '=', repeated), eb('at', '>', contentSince)]),
            ]),
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
        const row = { ...kept, source_id: sourceId, hash, content, printed: JSON.stringify(printed) };
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
              eb('id', '<=', beyond(MOST_JOBS)),
              eb.and([eb('id', '<=', beyond(KEPT_JOBS)), eb('at', '<', repeatableSince(at))]),
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
      queue.write(store_id, async ({ tx }) => {
        await tx.updateTable('caught_jobs').set({ taken: 1 }).where('id', '=', id).execute();
      }),
    refused: (why) => queue.write(store_id, (write) => addEntry(write, sourceId, entry('refused', why))),
  };
}
