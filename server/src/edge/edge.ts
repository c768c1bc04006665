import type { FastifyBaseLogger } from 'fastify';
import type { Service } from '../service.ts';
import type { Settings } from '../settings.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimit } from './rate-limit.ts';
import type { SyncReports } from './sync-reports.ts';

/** What routes and sockets work with. */
export interface Edge {
  service: Service;
  settings: Settings;
  log: FastifyBaseLogger;
  limit: RateLimit;
  metrics: Metrics;
  reports: SyncReports;
}
