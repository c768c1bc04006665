import { EventEmitter } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import type { HttpAnswer, HttpRequest } from '#core/ports.ts';
import { createService } from '#server/create-service.ts';
import type { App } from '#server/edge/app.ts';
import { createApp } from '#server/edge/create-app.ts';
import { createCustomerTokens } from '#server/edge/customer-tokens.ts';
import { createDraining } from '#server/edge/draining.ts';
import type { Edge } from '#server/edge/edge.ts';
import { createMetrics } from '#server/edge/metrics.ts';
import { createOnePerTurn } from '#server/edge/one-per-turn.ts';
import { createPeers } from '#server/edge/peers.ts';
import { createRateLimit, type RateLimit } from '#server/edge/rate-limit.ts';
import { createSockets } from '#server/edge/sockets/create-sockets.ts';
import type { Service } from '#server/service.ts';
import { ServiceError } from '#server/service-error.ts';
import { readSettings } from '#server/settings.ts';
import { createRandom } from '#test/support/random.ts';
import { createCrashPoint } from './crash-point.ts';
import { guardCommits } from './disks.ts';
import { runOn, tracked } from './fake-machine.ts';
import { newFolder } from './folders.ts';
import type { MemoryNamespace } from './memory-socket-io.ts';

const ADMIN_TOKEN = 'admin-token-of-the-fuzz-0123456789';
export const STORE = 'main';

/** A database with one store, its displays and its shop system: every run starts with a copy. */
export interface Template {
  file: string;
  displays: { deviceId: string; token: string }[];
  shopToken: string;
  /** The HTTP side, created once; every start of the server gives it other data. */
  front: Front;
}
interface Front {
  app: App;
  edge: Edge;
  serve(service: Service | null, limit?: RateLimit): void;
}

/** Requests a minute of each token; low enough that a flood reaches it. */
export const RATE_LIMIT = 100;

const silent = pino({ level: 'silent' });

async function createFront(): Promise<Front> {
  let serving: Service | null = null;
  let limit = createRateLimit();
  const service = new Proxy({} as Service, {
    get(_, key: keyof Service) {
      if (!serving) throw new ServiceError('unavailable', 'The server is down.');
      return serving[key];
    },
  });
  const settings = readSettings({ ADMIN_TOKEN, LOG_LEVEL: 'silent', RATE_LIMIT: `${RATE_LIMIT}` });
  const edge: Edge = {
    service,
    settings,
    customerTokens: createCustomerTokens(settings),
    log: silent,
    limit: {
      take: (...count) => limit.take(...count),
      giveBack: (key) => limit.giveBack(key),
      addTaken: (...count) => limit.addTaken(...count),
      onTake: (listener) => limit.onTake(listener),
    },
    metrics: createMetrics(),
    peers: createPeers(),
    draining: createDraining(),
    reports: { reset() {}, diverged() {} },
    turn: createOnePerTurn(),
  };
  const app = await createApp(edge);
  await app.ready();
  return {
    app,
    edge,
    serve(next, nextLimit = createRateLimit()) {
      serving = next;
      limit = nextLimit;
    },
  };
}

/** @param now when the shop was set up, ms */
export async function createTemplate(now: number, folder = newFolder()): Promise<Template> {
  const front = await createFront();
  // Without timers, so that nothing happens unasked.
  runOn({ now: () => now, after: () => () => {}, random: createRandom(1).next });
  const file = join(folder, 'template.db');
  const service = await createService({
    databaseUrl: `file:${file}`,
    adminToken: ADMIN_TOKEN,
    log: silent,
    now: () => now,
    elapsed: () => 0,
  });
  await service.stores.create({
    id: STORE,
    name: 'Main',
    currency: 'GEL',
    timeZone: 'Asia/Tbilisi',
    settings: undefined,
  });
  const displays = [];
  for (const name of ['Kitchen', 'Counter', 'Pass'])
    displays.push(await service.access.createDevice(STORE, { name, role: 'display' }));
  const shop = await service.access.createDevice(STORE, { name: 'Web', role: 'integration' });
  await service.close();
  runOn(null);
  return { file, displays, shopToken: shop.token, front };
}

/** One life of the server's process, over its own database file. */
export type ServerLife = Awaited<ReturnType<typeof startServer>>;

export interface LifeOptions {
  template: Template;
  file: string;
  now(): number;
  /** Monotonic, ms. */
  elapsed(): number;
  retention: { logDays: number; logChanges: number; block: number };
  onKilled(place: string): void;
  /** The server logs an error that must never happen. */
  onError(words: string): void;
  /** The server logs that something in its database is damaged. */
  onDamage?(): void;
}

export async function startServer(options: LifeOptions) {
  const { file, now, elapsed, retention } = options;
  const { front } = options.template;
  const crash = createCrashPoint(options.onKilled);
  let full = 0;
  guardCommits(file, (commit) => {
    crash.pass('server, before a commit');
    if (full-- > 0) throw new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL');
    const done = commit();
    crash.pass('server, after a commit');
    return done;
  });
  const complain = (_details: object, message: string): void => {
    if (/set aside|listener failed/.test(message)) options.onError(message);
    if (/damaged/.test(message)) options.onDamage?.();
  };
  const service = await createService({
    databaseUrl: `file:${file}`,
    adminToken: ADMIN_TOKEN,
    log: { info() {}, warn() {}, error: complain },
    now,
    elapsed,
    retention,
  });
  const limit = createRateLimit(elapsed);
  let refused = 0;
  front.serve(service, {
    ...limit,
    take(...count) {
      const wait = limit.take(...count);
      if (wait !== null) refused++;
      return wait;
    },
  });
  const checked = new AbortController();
  service.checkRows(checked.signal).catch((error: Error) => {
    if (!crash.dead) options.onError(`the check of all rows failed: ${error.stack}`);
  });
  const { io } = createSockets(new EventEmitter() as HttpServer, { ...front.edge, service });
  const look = new Sqlite(file, { readonly: true });
  return {
    file,
    service,
    crash,
    /** A read-only view of the file: committed rows and nothing else. */
    look,
    sockets: io.of('/store') as unknown as MemoryNamespace,
    /** How many requests were refused because their token had none left. */
    refused: () => refused,
    /** The next commits fail, as on a full disk. */
    fill(commits: number): void {
      full = commits;
    },
    /** An HTTP request; null: the server died while handling it. */
    async ask({ method, url, token, body }: HttpRequest): Promise<HttpAnswer | null> {
      const answer = await tracked(
        front.app.inject({
          method,
          url: url.replace(/^https?:\/\/[^/]+/, ''),
          headers: token === null ? {} : { authorization: `Bearer ${token}` },
          ...(body === undefined ? {} : { payload: body as object }),
        }),
      );
      if (crash.dead) return null;
      const parsed: unknown = answer.body === '' ? null : JSON.parse(answer.body);
      const seconds = Number(answer.headers['retry-after'] ?? 0);
      return { status: answer.statusCode, body: parsed, retryAfterMs: seconds * 1_000 || null };
    },
    /** Releases everything after a kill. */
    async dispose(): Promise<void> {
      front.serve(null);
      checked.abort();
      look.close();
      await tracked(service.close().catch(() => undefined));
    },
  };
}
