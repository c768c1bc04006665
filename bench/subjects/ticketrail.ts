import { join } from 'node:path';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { freePort } from '#test/support/free-port.ts';
import { ticketrailDisplay } from '../clients/displays.ts';
import { createHttpClient, type HttpClient } from '../clients/http-client.ts';
import { temporaryFolder } from '../support.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { positionOf } from './position-of.ts';
import { type Processes, runProcesses } from './run-processes.ts';
import { startServerProcess } from './server-process.ts';
import type { SharedDatabase } from './shared-servers.ts';
import type { Accepted, Fetched, Subject, SubjectStore } from './subject.ts';

/** Calls the API of one node after the other. Rejects unless it succeeds. @returns the answer, `{}` if it is empty */
export type Call = (
  method: string,
  path: string,
  token: string,
  body?: object,
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
) => Promise<any>;

export interface Ticketrail extends Subject {
  /** Of a node; the next one for the next number. */
  url: Processes['url'];
  call: Call;
  addStore(displays: number, node?: number): Promise<TicketrailStore>;
}

export interface TicketrailStore extends SubjectStore {
  id: string;
  /** @returns its token */
  addDevice(role: 'display' | 'integration'): Promise<string>;
}

export interface TicketrailOptions {
  /** Of the file `server.db`; by default a new one. */
  folder?: string;
  /** Instead of a file, for one node or several. */
  database?: SharedDatabase;
  redisUrl?: string;
  nodes?: number;
  /** Settings that differ. */
  environment?: Record<string, string>;
  isProfiled?: boolean;
}

const NOWHERE: Fetched['position'] = { epoch: '', cursor: 0, hash: null };
/** Devices made at once. */
const AT_ONCE = 20;

/**
 * The server as shipped, on SQLite with each commit flushed, or as some nodes on one PostgreSQL database. Orders go to one
 * node after the other; a display stays with one.
 */
export async function startTicketrail(options: TicketrailOptions = {}): Promise<Ticketrail> {
  const { database, redisUrl, nodes = 1, isProfiled = false } = options;
  const environment = {
    DATABASE_URL: database?.url ?? `file:${join(options.folder ?? (await temporaryFolder()), 'server.db')}`,
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...options.environment,
  };
  const ports = await Promise.all(Array.from({ length: nodes }, freePort));
  const processes = await runProcesses(
    ports.map((port) => () => startNode(port, environment, isProfiled)),
    isProfiled,
    async () => clients.forEach((client) => void client.close()),
  );
  const clients = ports.map((_, node) => createHttpClient(processes.url(node)));
  let turn = 0;
  const ask: AskNode = async (method, path, token, body) => {
    const client = clients[turn++ % clients.length] as HttpClient;
    const answer = await client.send(method, `/api/v1${path}`, { token, ...(body && { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 200)}`);
    return answer.body;
  };
  return {
    ...processes,
    databaseCpu: () => database?.cpu() ?? 0,
    async call(...what) {
      const text = await ask(...what);
      return text === '' ? {} : JSON.parse(text);
    },
    addStore: (displays, node = 0) => addStore(ask, (display) => processes.url(node + display), displays),
  };
}

function startNode(port: number, environment: Record<string, string>, isProfiled: boolean) {
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: String(port), ADMIN_TOKEN, RATE_LIMIT: '0', LOG_LEVEL: 'warn', ...environment };
  const isReady = async () => {
    const answer = await fetch(`${url}/ready`).catch(() => null);
    return answer?.status === 200 ? url : null;
  };
  return startServerProcess('server/src/main.ts', env, isReady, isProfiled);
}

/** @returns the answer's text */
type AskNode = (...what: Parameters<Call>) => Promise<string>;

async function addStore(ask: AskNode, url: Processes['url'], displays: number): Promise<TicketrailStore> {
  const admin = async (path: string, body: object) => JSON.parse(await ask('POST', path, ADMIN_TOKEN, body));
  const { id } = await admin('/stores', { name: 'Bench', currency: 'GEL', timeZone: 'Asia/Tbilisi' });
  const addDevice = async (role: string) => String((await admin(`/stores/${id}/devices`, { name: role, role })).token);
  const shop = await addDevice('integration');
  const tokens: string[] = [];
  while (tokens.length < displays)
    tokens.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, displays - tokens.length) }, () => addDevice('display')),
      )),
    );
  const [first] = tokens;
  const { epoch } = first === undefined ? NOWHERE : JSON.parse(await ask('GET', '/sync', first));
  const start = { ...NOWHERE, epoch };

  const get = (display: number, path: string) =>
    fetchBytes(`${url(display)}/api/v1${path}`, {
      authorization: `Bearer ${tokens[display]}`,
      'accept-encoding': 'gzip',
    });

  return {
    id: String(id),
    addDevice,
    order: async (draft) => accepted(await ask('POST', '/orders', shop, draft)),
    note: async (order, note) => accepted(await ask('PATCH', `/orders/${order}`, shop, { note })),
    connect: (display, ...on) => ticketrailDisplay(url(display), tokens[display] ?? '', start)(...on),
    async everything(display) {
      const { bytes, beginning } = await get(display, '/snapshot');
      return { bytes, position: positionOf(beginning, 'seq') };
    },
    async catchUp(display, from, to) {
      const caughtUp = Promise.withResolvers<void>();
      const connect = ticketrailDisplay(url(display), tokens[display] ?? '', from);
      const socket = await connect((_, reached) => {
        if (reached >= to) caughtUp.resolve();
      });
      await caughtUp.promise;
      socket.close();
      return socket.bytes();
    },
    async poll(display, from, to) {
      let sum = 0;
      for (let at = from; at.cursor < to; ) {
        const query = new URLSearchParams({
          epoch: at.epoch,
          cursor: String(at.cursor),
          hash: at.hash ?? '',
          limit: '500',
        });
        const { bytes, beginning } = await get(display, `/sync?${query}`);
        sum += bytes;
        at = positionOf(beginning, 'to');
      }
      return sum;
    },
  };
}

/** Read without JSON.parse, which would take more of this process than of the server. */
function accepted(answer: string): Accepted {
  const id = /"id":"([^"]+)"/.exec(answer)?.[1];
  const seq = /"seq":(\d+)/.exec(answer)?.[1];
  if (id === undefined || seq === undefined) throw new Error(`not understood: ${answer.slice(0, 200)}`);
  return { id, seq: Number(seq) };
}
