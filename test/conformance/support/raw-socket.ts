interface RawSocket {
  /** The server's heartbeat, ms. */
  open: { pingInterval: number; pingTimeout: number };
  send(text: string): void;
  closed(): boolean;
}

/**
 * A WebSocket that speaks engine.io directly, for what no well-behaved client does.
 *
 * @param pong whether it answers the engine's pings
 */
export function rawSocket(trial: { url: string; after(undo: () => void): void }, { pong }: { pong: boolean }) {
  const socket = new WebSocket(`${trial.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
  trial.after(() => socket.close());
  const closed = () => socket.readyState === WebSocket.CLOSED;
  return new Promise<RawSocket>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('the WebSocket could not be opened')));
    socket.addEventListener('message', ({ data }) => {
      // Engine.io packet types: 0 opens, 2 is a ping, 3 a pong.
      if (data === '2' && pong) socket.send('3');
      if (!String(data).startsWith('0')) return;
      resolve({ open: JSON.parse(String(data).slice(1)), send: (text) => socket.send(text), closed });
    });
  });
}
