import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from './app.ts';

/** What `/metrics` says of this process, in Prometheus' words; all names begin with `ticketrail_`. */
export interface Metrics {
  registry: Registry;
  http: Histogram<'method' | 'route' | 'status'>;
  sockets: Gauge<'role'>;
  orders: Counter;
  commands: Counter<'outcome'>;
  /** Batches of changes that were encoded, and how many displays they were sent to. */
  batches: Counter;
  batchesSent: Counter;
  /** Displays that were told to start over (S2). */
  resets: Counter<'reason'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'ticketrail_' });
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter<T>({ name: `ticketrail_${name}`, help, labelNames, registers: [registry] });
  return {
    registry,
    http: new Histogram({
      name: 'ticketrail_http_request_seconds',
      help: 'How long HTTP requests took.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    sockets: new Gauge({
      name: 'ticketrail_sockets',
      help: 'Connected sockets.',
      labelNames: ['role'],
      registers: [registry],
    }),
    orders: counter('orders_total', 'Orders placed.'),
    commands: counter('commands_total', 'Answers to commands, repeats included.', ['outcome']),
    batches: counter('batches_total', 'Batches of changes encoded.'),
    batchesSent: counter('batches_sent_total', 'Batches of changes sent, one for each display.'),
    resets: counter('sync_resets_total', 'Displays told to start over, by reason.', ['reason']),
  };
}

/** Times every request by its route, never by its address. */
export function addHttpMetrics(app: App, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    metrics.http.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}
