import type { App } from './app.ts';
import type { Metrics } from './metrics.ts';

/** Times every request by its route, never by its address. */
export function addHttpMetrics(app: App, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    metrics.http.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}
