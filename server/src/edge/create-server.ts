import type { Logger } from 'pino';
import type { Service } from '../service.ts';
import type { Settings } from '../settings.ts';
import type { Edge } from './app.ts';
import { countService } from './count-service.ts';
import { createApp } from './create-app.ts';
import { createMetrics } from './metrics.ts';
import { createRateLimit } from './rate-limit.ts';
import { createNoteReset } from './report-reset.ts';
import { createNoteSnapshot } from './report-snapshot.ts';
import { createSockets, type Sockets } from './sockets/create-sockets.ts';

export interface Server {
  /** Resolves to the address, such as http://127.0.0.1:4310; rejects with the system's error. */
  listen(): Promise<string>;
  /** Stops listening, ends the sockets, finishes the requests under way, closes the service. Twice is harmless. */
  close(): Promise<void>;
  sockets: Sockets;
}

/** HTTP and sockets on one port, over a service. */
export async function createServer(options: { settings: Settings; service: Service; log: Logger }): Promise<Server> {
  const { settings, service, log } = options;
  const metrics = createMetrics();
  const edge: Edge = {
    service,
    settings,
    log,
    limit: createRateLimit(),
    metrics,
    reportReset: createNoteReset(metrics, log),
    reportSnapshot: createNoteSnapshot(metrics, log, () => sockets.seats),
  };
  const app = await createApp(edge);
  const sockets = createSockets(app.server, edge);
  const stopCounting = countService(service, metrics);
  let closed: Promise<void> | undefined;
  return {
    sockets,
    // Fastify serves `localhost` on two servers, of which the sockets would know one.
    listen: () =>
      app.listen({ host: settings.host === 'localhost' ? '127.0.0.1' : settings.host, port: settings.port }),
    close() {
      closed ??= (async () => {
        sockets.close();
        stopCounting();
        await app.close();
        await service.close();
      })();
      return closed;
    },
  };
}
