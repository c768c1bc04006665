import { z } from 'zod';
import type { Trial } from './check.ts';

/** A WebSocket that speaks engine.io by hand, for what no well-behaved client does. */
export interface RawSocket {
  /** What the server said of its heartbeat, ms. */
  open: { pingInterval: number; pingTimeout: number };
  send(text: string): void;
  closed(): boolean;
}

const Open = z.object({ pingInterval: z.int(), pingTimeout: z.int() });

/** @param pong whether the engine's pings are answered */
export function rawSocket(trial: Pick<Trial, 'url' | 'after'>, { pong }: { pong: boolean }): Promise<RawSocket> {
  const socket = new WebSocket(`${trial.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
  trial.after(() => socket.close());
  let closed = false;
  socket.addEventListener('close', () => {
    closed = true;
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('the WebSocket could not be opened')));
    socket.addEventListener('message', ({ data }) => {
      // Engine.io packet types: 0 opens, 2 is a ping, 3 a pong.
      if (data === '2' && pong) socket.send('3');
      if (!String(data).startsWith('0')) return;
      const open = Open.parse(JSON.parse(String(data).slice(1)));
      resolve({ open, send: (text) => socket.send(text), closed: () => closed });
    });
  });
}
