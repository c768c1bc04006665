import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import { type ConnectDisplay, socketIoDisplay, wsDisplay } from '../clients/displays.ts';
import { createHttpClient } from '../clients/http-client.ts';
import { temporaryFolder } from '../support.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { runProcesses } from './run-processes.ts';
import { startServerProcess } from './server-process.ts';
import type { Accepted, Subject } from './subject.ts';

/** One of `bench/baselines/`; its README says what they do and do not do. */
export async function startBaseline(
  server: 'ws-server' | 'socket-io-server',
  synchronous: 'FULL' | 'NORMAL' = 'NORMAL',
): Promise<Subject> {
  const port = await freePort();
  const env = { PORT: String(port), FILE: join(await temporaryFolder(), 'orders.db'), SYNCHRONOUS: synchronous };
  const ready = (output: string) => (output.includes('ready') ? `http://127.0.0.1:${port}` : null);
  const start = () => startServerProcess(`bench/baselines/${server}.ts`, env, ready, false);
  const processes = await runProcesses([start], false, async () => {});
  const display = server === 'ws-server' ? wsDisplay : socketIoDisplay;
  let stores = 0;
  return {
    ...processes,
    databaseCpu: () => 0,
    async addStore() {
      const store = String(++stores);
      const path = `/stores/${store}/orders`;
      const client = createHttpClient(processes.url(0));
      let head = 0;
      const ask = async (method: string, at: string, body: object): Promise<Accepted> => {
        const answer = await client.send(method, at, { body });
        if (answer.status >= 300) throw new Error(`${method} ${at}: ${answer.status}`);
        const one = accepted(answer.body);
        head = Math.max(head, one.seq);
        return one;
      };
      const connect = (): ConnectDisplay => display(processes.url(0), store);
      const missed = async (after: number) => (await fetchBytes(`${processes.url(0)}${path}?after=${after}`, {})).bytes;
      return {
        order: (draft) => ask('POST', path, draft),
        note: (id, note) => ask('PATCH', `${path}/${id}`, { note }),
        connect: (_, ...on) => connect()(...on),
        async everything() {
          const { bytes } = await fetchBytes(`${processes.url(0)}${path}`, {});
          return { bytes, position: { epoch: '', cursor: head, hash: null } };
        },
        async catchUp(_, { cursor }) {
          const socket = await connect()(() => {});
          const bytes = await missed(cursor);
          socket.close();
          return bytes + socket.bytes();
        },
        poll: (_, { cursor }) => missed(cursor),
      };
    },
  };
}

function accepted(answer: string): Accepted {
  return { id: Number(/"id":(\d+)/.exec(answer)?.[1]), seq: Number(/"seq":(\d+)/.exec(answer)?.[1]) };
}
