import type { Kysely } from 'kysely';
import type { Dispatcher } from 'undici';
import type { Tables } from '../database/tables.ts';
import { findStore } from '../stores/find-store.ts';
import type { ServiceCalls } from './adapter.ts';
import { adapterFor, ownSettings } from './check-source.ts';
import { createServiceClient } from './create-service-client.ts';
import { Refused, type ServiceClient } from './service-client.ts';
import type { SourceRow } from './source-tables.ts';

export interface OpenParts {
  db: Kysely<Tables>;
  dispatcher: Dispatcher;
  now(): number;
}

/** The calls of a source's service, until the signal aborts. */
export async function openSource(
  { db, dispatcher, now }: OpenParts,
  row: SourceRow,
  signal: AbortSignal,
): Promise<ServiceCalls> {
  const adapter = adapterFor(row.kind);
  const stored = JSON.parse(row.settings) as Record<string, unknown>;
  const secret: unknown = JSON.parse(row.secret);
  const settings = ownSettings(adapter, stored);
  const access = adapter.service({ settings, secret, baseUrl: (stored.baseUrl as string | undefined) ?? null });
  const client = access ? createServiceClient(access, { dispatcher, signal }) : NOBODY;
  const { currency, time_zone: timeZone } = await findStore(db, row.store_id);
  return adapter.open({ settings, secret, client, eventsUrl: row.events_url, store: { currency, timeZone }, now });
}

const NOBODY: ServiceClient = { call: () => Promise.reject(new Refused('this kind has no service to call', 400)) };
