import { z } from 'zod';
import type { App } from '../app.ts';
import type { Edge } from '../edge.ts';

/** `GET /metrics` for Prometheus: admin, or the holder of METRICS_TOKEN. */
export function metricsRoutes(app: App, { metrics }: Edge): void {
  app.get(
    '/metrics',
    {
      config: { audience: ['admin', 'metrics'] },
      schema: {
        tags: ['health'],
        summary: 'Figures of this process for Prometheus',
        produces: ['text/plain'],
        response: { 200: z.string() },
      },
    },
    async (_request, reply) => {
      reply.type(metrics.contentType).serializer(String);
      return metrics.text();
    },
  );
}
