import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller, Customer } from '../caller.ts';
import type { Credential } from '../service.ts';
import type { Edge } from './edge.ts';

/** The holder of METRICS_TOKEN. */
export interface MetricsReader {
  role: 'metrics';
  id: 'metrics';
}
const METRICS_READER: MetricsReader = { role: 'metrics', id: 'metrics' };

/** Who shows a credential. */
export type Asker = Caller | Customer | MetricsReader;

/** Whether it works for a store, or for all: it is no customer and does more than read the figures. */
export const isCaller = (asker: Asker): asker is Caller => asker.role !== 'customer' && asker.role !== 'metrics';

/** null: it is not known here, or no longer valid. */
export async function identify(edge: Edge, credential: Credential): Promise<Asker | null> {
  const { access, customers } = edge.service;
  if ('session' in credential) return access.callerOfSession(credential.session);
  const { token } = credential;
  const claim = await edge.customerTokens.read(token);
  if (claim) return customers.find(claim);
  return (await access.callerOf(token)) ?? (isMetricsToken(edge.settings.metricsToken, token) ? METRICS_READER : null);
}

/** One budget a minute for all that a token asks, over HTTP and sockets. */
export const keyOf = (asker: Asker): string =>
  asker.role === 'customer' ? `customer ${asker.storeId} ${asker.id}` : `token ${asker.role} ${asker.id}`;

/** Whether it is the key of a token, and not of an address. */
export const isOfToken = (key: string): boolean => /^(token|customer) /.test(key);

const isMetricsToken = (expected: string | null, token: string): boolean =>
  expected !== null && timingSafeEqual(digest(token), digest(expected));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
