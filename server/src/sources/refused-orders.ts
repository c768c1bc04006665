import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { EscalationsOfWrite, StoreSubject } from '../service.ts';
import type { SourceRow } from './source-tables.ts';

/** The owner has seen to an order that was refused so long ago, ms. */
const SETTLED_AFTER_MS = 24 * 3_600_000;

/** @param order theirs, if it is about one */
export const aboutSource = ({ id, store_id: storeId }: SourceRow, order?: string): StoreSubject => ({
  storeId,
  kind: 'source',
  subject: order === undefined ? id : `${id} ${order}`,
});

/** The orders of a source that the owner was called for, by their id, with when, ms since 1970. */
export async function refusedOrders(db: Kysely<Tables>, source: SourceRow): Promise<Map<string, number>> {
  const { storeId, kind, subject: prefix } = aboutSource(source, '');
  const rows = await db
    .selectFrom('escalations')
    .select(['subject', 'raised_at'])
    .where('store_id', '=', storeId)
    .where('kind', '=', kind)
    .where('resolved_at', 'is', null)
    .execute();
  return new Map(
    rows.flatMap(({ subject, raised_at }) =>
      subject?.startsWith(prefix) ? [[subject.slice(prefix.length), Date.parse(raised_at)]] : [],
    ),
  );
}

/** Those of refused orders whose escalation has ended: the order could be taken or is none any more, or it is a day ago. */
export const settledOrders = (
  refused: ReadonlyMap<string, number>,
  taken: ReadonlySet<string>,
  now: number,
): string[] => [...refused].flatMap(([id, at]) => (taken.has(id) || now - at >= SETTLED_AFTER_MS ? id : []));

/** Ends all escalations of a source that is switched off or deleted. */
export async function resolveAll(
  db: Kysely<Tables>,
  escalations: Pick<EscalationsOfWrite, 'resolve'>,
  source: SourceRow,
): Promise<void> {
  await escalations.resolve(aboutSource(source));
  for (const id of (await refusedOrders(db, source)).keys()) await escalations.resolve(aboutSource(source, id));
}
