import type { FastifyBaseLogger } from 'fastify';
import type { Service } from '../service.ts';
import type { Settings } from '../settings.ts';
import type { CustomerTokens } from './customer-tokens.ts';
import type { Draining } from './draining.ts';
import type { Metrics } from './metrics.ts';
import type { OnePerTurn } from './one-per-turn.ts';
import type { Peers } from './peers.ts';
import type { RateLimit } from './rate-limit.ts';
import type { SyncReports } from './sync-reports.ts';

/** The context of routes and sockets. */
export interface Edge {
  service: Service;
  settings: Settings;
  customerTokens: CustomerTokens;
  log: FastifyBaseLogger;
  limit: RateLimit;
  metrics: Metrics;
  peers: Peers;
  draining: Draining;
  reports: SyncReports;
  /** Before what displays cause that all start over at once. */
  turn: OnePerTurn;
}
