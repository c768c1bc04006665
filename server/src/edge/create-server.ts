import type { Logger } from 'pino';
import type { Service } from '../service.ts';
import type { Settings } from '../settings.ts';
import { createApp } from './create-app.ts';
import { createCustomerTokens } from './customer-tokens.ts';
import { createDraining } from './draining.ts';
import type { Edge } from './edge.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createOnePerTurn } from './one-per-turn.ts';
import { createPeers, type Peers } from './peers.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { feedRoute } from './routes/feed.ts';
import { createSockets, type Sockets } from './sockets/create-sockets.ts';
import { createSyncReports } from './sync-reports.ts';

const CLOSE_IDLE_EVERY_MS = 50;

export interface Server {
  /**
   * Rejects with the system's error.
   *
   * @returns stops listening, ends the sockets and finishes running requests
   */
  listen(): Promise<() => Promise<void>>;
  /** Says on `/ready` that it is about to end, so that a proxy sends nothing new. What comes is served as before. */
  drain(): void;
  /** Its address, such as http://127.0.0.1:4310. */
  url(): string;
  metrics: Metrics;
  peers: Peers;
  limit: RateLimit;
  sockets: Sockets;
}

export interface ServerOptions {
  settings: Settings;
  service: Service;
  log: Logger;
  /** How often it checks for changes without a hint, ms. */
  lookMs?: number;
}

/** HTTP and sockets on one port, over a service. */
export async function createServer({ settings, service, log, lookMs }: ServerOptions): Promise<Server> {
  const metrics = createMetrics();
  const edge: Edge = {
    service,
    settings,
    customerTokens: createCustomerTokens(settings),
    log,
    limit: createRateLimit(),
    metrics,
    peers: createPeers(),
    draining: createDraining(),
    reports: createSyncReports(metrics, log),
    turn: createOnePerTurn(),
  };
  const app = await createApp(edge);
  const sockets = createSockets(app.server, edge, lookMs);
  feedRoute(app, edge, sockets.feed);
  let url = '';

  async function close(): Promise<void> {
    sockets.close();
    // Node closes connections that are idle when closing begins, and would keep one that was just in use.
    const closeIdle = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    await app.close().finally(() => clearInterval(closeIdle));
  }

  return {
    metrics,
    peers: edge.peers,
    limit: edge.limit,
    sockets,
    drain: edge.draining.begin,
    url: () => url,
    async listen() {
      // Fastify serves `localhost` on two servers, but sockets attach to only one.
      const host = settings.host === 'localhost' ? '127.0.0.1' : settings.host;
      url = await app.listen({ host, port: settings.port }).catch(async (error) => {
        await close();
        throw error;
      });
      return close;
    },
  };
}
