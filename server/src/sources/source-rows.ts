import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Source, SourceLogEntry } from '#contract/source.ts';
import { doubled, wholeRow } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { ServiceError } from '../service-error.ts';
import { forKinds, type OfKinds } from './source-counts.ts';
import type { SourceRow } from './source-tables.ts';

/** Newest entries kept of each source (contract, section 12). */
export const ENTRIES = 500;

/** The name of a source's cursor among the followers of its store's log. */
export const followerOf = ({ id, store_id }: Pick<SourceRow, 'id' | 'store_id'>) => ({
  name: `source ${id}`,
  storeId: store_id,
});

/**
 * Refuses with `not_found`; another store's is not found, nor is one that is damaged in both copies.
 *
 * @param storeId the caller's store; null: any
 */
export async function findSource(db: Kysely<Tables>, id: string, storeId: string | null): Promise<SourceRow> {
  const row = await findStored(db, id, storeId);
  return wholeRow('sources', row) ?? notFound();
}

/** As {@link findSource}, also if it is damaged: to delete it. */
export async function findStored(db: Kysely<Tables>, id: string, storeId: string | null): Promise<SourceRow> {
  const row = await db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst();
  const source = row && (wholeRow('sources', row) ?? row);
  if (!source || (storeId !== null && source.store_id !== storeId)) return notFound();
  return source;
}

function notFound(): never {
  throw new ServiceError('not_found', 'There is no such source.');
}

export async function insertSource(
  { tx }: Write,
  values: Omit<SourceRow, 'checksum' | 'second_copy'>,
): Promise<SourceRow> {
  const row = doubled('sources', values);
  await tx.insertInto('sources').values(row).execute();
  return row;
}

export async function updateSource({ tx }: Write, row: SourceRow): Promise<void> {
  await tx.updateTable('sources').set(doubled('sources', row)).where('id', '=', row.id).execute();
}

/** What is known of its orders stays, so that a source made again for the account goes on with them. */
export async function deleteSource({ tx }: Write, row: SourceRow): Promise<void> {
  for (const table of ['source_entries', 'source_bells', 'source_pushes', 'caught_jobs'] as const)
    await tx.deleteFrom(table).where('source_id', '=', row.id).execute();
  const { name, storeId } = followerOf(row);
  await tx.deleteFrom('followers').where('name', '=', name).where('store_id', '=', storeId).execute();
  await tx.deleteFrom('sources').where('id', '=', row.id).execute();
}

export async function addEntry(
  { tx }: Write,
  sourceId: string,
  { at, what, externalId, outcome, detail }: SourceLogEntry,
): Promise<void> {
  const entry = { id: uuid(), source_id: sourceId, at, what, external_id: externalId, outcome, detail };
  await tx.insertInto('source_entries').values(entry).execute();
  const ofSource = tx.selectFrom('source_entries').select('id').where('source_id', '=', sourceId);
  const oldest = ofSource.orderBy('id', 'desc').limit(1).offset(ENTRIES);
  await tx.deleteFrom('source_entries').where('source_id', '=', sourceId).where('id', '<=', oldest).execute();
}

/** Newest first. */
export async function entriesOf(db: Kysely<Tables>, sourceId: string): Promise<SourceLogEntry[]> {
  const rows = await db
    .selectFrom('source_entries')
    .selectAll()
    .where('source_id', '=', sourceId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ at, what, external_id: externalId, outcome, detail }) => ({
    at,
    what,
    externalId,
    outcome,
    detail,
  }));
}

/** Statuses that are not said yet. */
export async function countWaiting(db: Kysely<Tables>): Promise<OfKinds<number>> {
  const rows = await db
    .selectFrom('source_pushes')
    .innerJoin('sources', 'sources.id', 'source_pushes.source_id')
    .where('sources.enabled', '=', 1)
    .select((eb) => ['sources.kind', eb.fn.countAll<number>().as('count')])
    .groupBy('sources.kind')
    .execute();
  return forKinds((kind) => Number(rows.find((row) => row.kind === kind)?.count ?? 0));
}

/** As the API shows it: without its secret. */
export const sourceFrom = (row: SourceRow): Source => ({
  id: row.id,
  storeId: row.store_id,
  kind: row.kind,
  name: row.name,
  settings: JSON.parse(row.settings),
  enabled: row.enabled === 1,
  eventsUrl: row.events_url,
  createdAt: row.created_at,
  pulledAt: row.pulled_at,
  failingSince: row.failing_since,
  problem: row.problem,
});
