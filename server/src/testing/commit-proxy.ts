import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Cuts the connection at a COMMIT: `before` the server gets it, or `after` it was carried out and before the answer. */
export type Cut = 'before' | 'after';

export interface CommitProxy {
  /** The database's address through the proxy. */
  url: string;
  /** At each of the next COMMITs in turn. @returns how many were not yet cut */
  cutAt(...cuts: Cut[]): void;
  left(): number;
  /** Ends all connections and refuses new ones until it is called with false. */
  cut(isAway: boolean): void;
  close(): Promise<void>;
}

/** A simple query of PostgreSQL's protocol: Q, the length of the rest, the text, a zero. */
const COMMIT = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1');

/** A proxy to a PostgreSQL server that loses connections where it hurts most. */
export async function createCommitProxy(databaseUrl: string): Promise<CommitProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let cuts: Cut[] = [];
  let isAway = false;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    if (isAway) return void client.destroy();
    track(client);
    const upstream = track(connect(Number(target.port), target.hostname));
    let swallows = false;
    client.on('data', (data) => {
      const cut = data.includes(COMMIT) ? cuts.shift() : undefined;
      if (cut === 'before') return void client.destroy();
      swallows = cut === 'after';
      upstream.write(data);
    });
    upstream.on('data', (data) => (swallows ? client.destroy() : client.write(data)));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const end = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href,
    cutAt(...next) {
      cuts = [...cuts, ...next];
    },
    left: () => cuts.length,
    cut(away) {
      isAway = away;
      if (away) end();
    },
    close() {
      end();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
