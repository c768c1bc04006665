import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { freePort } from '#test/support/free-port.ts';
import { ticketrailDisplay } from '../clients/displays.ts';
import { createHttpClient, type HttpClient } from '../clients/http-client.ts';
import { temporaryFolder } from '../support.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { runProcesses } from './run-processes.ts';
import { startServerProcess } from './server-process.ts';
import type { Accepted, Fetched, Subject, SubjectStore } from './subject.ts';

const NOWHERE: Fetched['position'] = { epoch: '', cursor: 0, hash: null };
/** Devices made at once. */
const AT_ONCE = 20;

/**
 * The server as shipped, on SQLite with each commit flushed, or as some nodes on one PostgreSQL database. Orders go to one
 * node after the other; a display stays with one.
 */
export async function startTicketrail({
  databaseUrl,
  nodes = 1,
  isProfiled = false,
}: {
  databaseUrl?: string;
  nodes?: number;
  isProfiled?: boolean;
} = {}): Promise<Subject> {
  const folder = await temporaryFolder();
  const ports = await Promise.all(Array.from({ length: nodes }, freePort));
  const processes = await runProcesses(
    ports.map((port) => () => startNode(port, databaseUrl ?? `file:${join(folder, 'server.db')}`, isProfiled)),
    isProfiled,
    async () => clients.forEach((client) => void client.close()),
  );
  const clients = ports.map((_, node) => createHttpClient(processes.url(node)));
  let turn = 0;
  const next = () => clients[turn++ % clients.length] as HttpClient;
  return {
    ...processes,
    addStore: (displays, node = 0) => addStore(next, (display) => processes.url(node + display), displays),
  };
}

function startNode(port: number, databaseUrl: string, isProfiled: boolean) {
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: String(port), DATABASE_URL: databaseUrl, ADMIN_TOKEN, RATE_LIMIT: '0', LOG_LEVEL: 'warn' };
  const isReady = async () => {
    const answer = await fetch(`${url}/ready`).catch(() => null);
    return answer?.status === 200 ? url : null;
  };
  return startServerProcess('server/src/main.ts', env, isReady, isProfiled);
}

async function addStore(
  next: () => HttpClient,
  url: (turn: number) => string,
  displays: number,
): Promise<SubjectStore> {
  const ask = async (method: string, path: string, token: string, body?: object) => {
    const answer = await next().send(method, `/api/v1${path}`, { token, ...(body && { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 200)}`);
    return answer.body;
  };
  const admin = async (path: string, body: object) => JSON.parse(await ask('POST', path, ADMIN_TOKEN, body));
  const { id } = await admin('/stores', { name: 'Bench', currency: 'GEL', timeZone: 'Asia/Tbilisi' });
  const device = async (role: string) => String((await admin(`/stores/${id}/devices`, { name: role, role })).token);
  const shop = await device('integration');
  const tokens: string[] = [];
  while (tokens.length < displays)
    tokens.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, displays - tokens.length) }, () => device('display')),
      )),
    );
  const { epoch } = JSON.parse(await ask('GET', '/sync', tokens[0] ?? ''));
  const start = { ...NOWHERE, epoch };

  const get = (display: number, path: string) =>
    fetchBytes(`${url(display)}/api/v1${path}`, {
      authorization: `Bearer ${tokens[display]}`,
      'accept-encoding': 'gzip',
    });

  return {
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

/** @param cursor the field's name */
function positionOf(beginning: Buffer, cursor: 'seq' | 'to'): Fetched['position'] {
  const text = gunzipSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  const field = (name: string): unknown =>
    JSON.parse(new RegExp(`"${name}":("[^"]*"|\\d+|null)`).exec(text)?.[1] ?? '');
  return { epoch: String(field('epoch')), cursor: Number(field(cursor)), hash: field('hash') as string | null };
}
