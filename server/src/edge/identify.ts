import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Credential } from '../service.ts';
import type { Edge } from './edge.ts';

/** The holder of METRICS_TOKEN. */
export interface MetricsReader {
  role: 'metrics';
  id: 'metrics';
}
const METRICS_READER: MetricsReader = { role: 'metrics', id: 'metrics' };

/** Who shows a credential. */
export type Asker = Caller | MetricsReader;

/** null: it is not known here, or no longer valid. */
export async function identify({ service, settings }: Edge, credential: Credential): Promise<Asker | null> {
  if ('session' in credential) return service.access.callerOfSession(credential.session);
  const { token } = credential;
  return (
    (await service.access.callerOf(token)) ?? (isMetricsToken(settings.metricsToken, token) ? METRICS_READER : null)
  );
}

const isMetricsToken = (expected: string | null, token: string): boolean =>
  expected !== null && timingSafeEqual(digest(token), digest(expected));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
