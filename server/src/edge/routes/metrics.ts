import { z } from 'zod';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { RIGHTS } from '../rights.ts';

/** `GET /metrics` for Prometheus: admin, or the holder of METRICS_TOKEN. */
export function metricsRoutes(app: App, { metrics }: Edge): void {
  app.get(
    '/metrics',
    route(RIGHTS.readMetrics, 'health', 'Figures of this process for Prometheus', {
      produces: ['text/plain'],
      response: { 200: z.string() },
    }),
    async (_request, reply) => {
      reply.type(metrics.contentType).serializer(String);
      return metrics.text();
    },
  );
}
