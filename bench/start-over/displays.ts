import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { type Changes, type HelloAnswer, type Position, PROTOCOL } from '#contract/sync.ts';
import { fetchBytes } from '../subjects/fetch-bytes.ts';
import { positionOf } from '../subjects/position-of.ts';

/**
 * A process with many light displays: each connects, has to start over, fetches the snapshot and says hello again. They
 * keep nothing, so that they leave the processor to the server.
 */
export interface Begin {
  url: string;
  tokens: string[];
}
export interface Outcome {
  /** Of each display, ms from the start until it was live. */
  live: number[];
  /** Bytes of all snapshots as they were sent. */
  bytes: number;
  /** Connections that were lost before all were live. */
  dropped: number;
}

type Snapshot = Position & { bytes: number };

process.on('message', ({ url, tokens }: Begin) => {
  const began = performance.now();
  let dropped = 0;
  const displays = tokens.map(async (token) => {
    for (;;) {
      try {
        const bytes = await startOver(url, token, () => dropped++);
        return { bytes, live: performance.now() - began };
      } catch {
        dropped++;
        await sleep(500 + Math.random() * 500);
      }
    }
  });
  void Promise.all(displays).then((all) =>
    process.send?.({
      live: all.map(({ live }) => live),
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
      dropped,
    } satisfies Outcome),
  );
});

/**
 * Resolves when the display is live, with the size of its snapshot; it stays connected. Rejects if it is disconnected before.
 *
 * @param onDropped it is disconnected after that
 */
async function startOver(url: string, token: string, onDropped: () => void): Promise<number> {
  const socket = io(`${url}/store`, {
    auth: { token, protocol: PROTOCOL, appVersion: 'bench' },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  const gone = new Promise<never>((_, reject) => {
    socket.once('connect_error', reject);
    socket.once('disconnect', (why) => reject(new Error(why)));
  });
  const bytes = await Promise.race([catchUp(socket, () => fetchSnapshot(url, token)), gone]);
  socket.on('disconnect', onDropped);
  return bytes;
}

async function catchUp(socket: Socket, fetchIt: () => Promise<Snapshot>): Promise<number> {
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const hello = (position: Position): Promise<HelloAnswer> => socket.emitWithAck('hello', position);
  const first = await hello({ epoch: null, cursor: 0, hash: null });
  if (first.mode !== 'snapshot') throw new Error('it was not told to start over');
  const { bytes, ...position } = await fetchIt();
  const caughtUp = new Promise<void>((resolve) => {
    const see = (cursor: number) => cursor >= first.head && resolve();
    socket.on('changes', ({ to }: Changes) => {
      socket.emit('got', { cursor: to });
      see(to);
    });
    see(position.cursor);
  });
  const second = await hello(position);
  if (second.mode !== 'delta') throw new Error('it was told to start over again');
  await caughtUp;
  return bytes;
}

async function fetchSnapshot(url: string, token: string): Promise<Snapshot> {
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
  const { bytes, beginning } = await fetchBytes(`${url}/api/v1/snapshot`, headers);
  return { ...positionOf(beginning, 'seq'), bytes };
}
