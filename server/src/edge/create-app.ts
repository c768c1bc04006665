import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import Fastify, { LogController } from 'fastify';
import { ServiceError } from '../service-error.ts';
import type { App, ZodProvider } from './app.ts';
import { addDocs } from './docs.ts';
import type { Edge } from './edge.ts';
import { createHeavyReads, QUERIES } from './heavy-reads.ts';
import { addErrors, answerClientError, sendError } from './http-errors.ts';
import { isCaller } from './identify.ts';
import { addIdentity } from './identity.ts';
import { assetRoute } from './pages/asset-route.ts';
import { createBuiltPages } from './pages/built-pages.ts';
import { managingRoutes } from './pages/managing-routes.ts';
import { PAGES_DIR, pageRoutes } from './pages/page-routes.ts';
import { availabilityRoutes } from './routes/availability.ts';
import { caughtJobRoutes } from './routes/caught-jobs.ts';
import { customerRoutes } from './routes/customer.ts';
import { deviceRoutes } from './routes/devices.ts';
import { escalationRoutes } from './routes/escalations.ts';
import { healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { orderChangeRoutes } from './routes/order-changes.ts';
import { orderRoutes } from './routes/orders.ts';
import { printerRoutes } from './routes/printers.ts';
import { sessionRoutes } from './routes/session.ts';
import { sourceRoutes } from './routes/sources.ts';
import { statsRoutes } from './routes/stats.ts';
import { storeRoutes } from './routes/stores.ts';
import { syncRoutes } from './routes/sync.ts';
import { telegramRoutes } from './routes/telegram.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { addCookies } from './session-cookie.ts';
import { addZod } from './zod-schemas.ts';

const BODY_BYTES = 128 * 1024;
/** Time limit for receiving a request, ms. */
const REQUEST_MS = 30_000;
/** Log lines a minute for requests answered 401, 404 or 429; the metrics count all of them. */
const REFUSALS_LOGGED = 60;

/** The HTTP side, ready to listen. */
export async function createApp(edge: Edge): Promise<App> {
  const app: App = Fastify({
    loggerInstance: edge.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
    clientErrorHandler: answerClientError,
  }).withTypeProvider<ZodProvider>();

  addZod(app);
  const built = createBuiltPages(PAGES_DIR);
  addErrors(app, built);
  addJson(app);
  addRequestLog(app, edge);
  // A proxy or shop that keeps its connection would ask again on it.
  app.addHook('onSend', async (_, reply) => {
    if (edge.draining.hasBegun()) reply.header('connection', 'close');
  });
  // Answers are data, not pages; the docs set their own policy. TLS, and therefore HSTS, belongs to a proxy.
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    hsts: false,
  });
  const { corsOrigins } = edge.settings;
  if (corsOrigins.length > 0)
    await app.register(cors, {
      origin: corsOrigins,
      methods: ['GET', 'POST', 'PATCH', 'DELETE'],
      exposedHeaders: ['retry-after'],
      strictPreflight: false,
      maxAge: 600,
    });
  // Brotli's default, 11, takes seconds for a large answer; 5 compresses as fast as the network sends.
  const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  await app.register(compress, { global: false, encodings: ['br', 'gzip'], brotliOptions });
  await addCookies(app);
  addIdentity(app, edge);
  await addDocs(app);

  const reads = createHeavyReads(QUERIES);
  healthRoutes(app, edge);
  assetRoute(app, built);
  pageRoutes(app, edge, built);
  managingRoutes(app, edge, built);
  await app.register(
    async (api: App) => {
      // Answers hold tokens and customers' names.
      api.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'));
      storeRoutes(api, edge);
      availabilityRoutes(api, edge);
      deviceRoutes(api, edge);
      escalationRoutes(api, edge);
      orderRoutes(api, edge, reads);
      orderChangeRoutes(api, edge);
      customerRoutes(api, edge, reads);
      syncRoutes(api, edge);
      statsRoutes(api, edge, reads);
      sessionRoutes(api, edge);
      webhookRoutes(api, edge);
      sourceRoutes(api, edge);
      caughtJobRoutes(api, edge);
      telegramRoutes(api, edge);
      printerRoutes(api, edge);
      metricsRoutes(api, edge);
    },
    { prefix: '/api/v1' },
  );
  return app;
}

/** Accepts only bodies of JSON in well-formed UTF-8; an empty one counts as none. Refuses `__proto__` and the like. */
function addJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) done(null, undefined);
    else if (!isUtf8(body)) done(new ServiceError('invalid_request', 'The body is not well-formed UTF-8.'), undefined);
    else parse(request, body.toString('utf8'), done);
  });
}

/**
 * Times every request by its route and logs one line for it, without its address, headers and body, which contain
 * names, phone numbers and tokens, and without a customer's id, which may be a phone number too. Of refused requests, which anybody can send, it logs {@link REFUSALS_LOGGED}.
 */
function addRequestLog(app: App, { metrics, limit }: Edge): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const status = reply.statusCode;
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    metrics.http.observe({ method, route, status }, reply.elapsedTime / 1000);
    const refused = status === 401 || status === 404 || status === 429;
    if (refused && limit.take('logged refusals', REFUSALS_LOGGED) !== null) return;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { method, route, status, ms, by: request.asker && isCaller(request.asker) ? request.asker.id : undefined },
      'http',
    );
  });
}
