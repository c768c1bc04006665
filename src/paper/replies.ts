import type { Socket } from 'node:net';

/** The bytes that a printer answers. */
export interface Replies {
  /** The next byte that fits; others stay. null: none within `ms`, or the line is closed. */
  next(fits: (byte: number) => boolean, ms: number): Promise<number | null>;
}

export function createReplies(socket: Socket): Replies {
  const bytes: number[] = [];
  let look: () => void = () => undefined;
  socket.on('data', (data: Buffer) => {
    bytes.push(...data.subarray(0, 256));
    bytes.splice(0, bytes.length - 256);
    look();
  });
  socket.on('close', () => look());
  return {
    next: (fits, ms) =>
      new Promise((resolve) => {
        const done = (byte: number | null) => {
          clearTimeout(timer);
          look = () => undefined;
          resolve(byte);
        };
        const timer = setTimeout(done, ms, null);
        look = () => {
          const at = bytes.findIndex(fits);
          if (at >= 0) return done(bytes.splice(at, 1)[0] ?? null);
          if (socket.destroyed) done(null);
        };
        look();
      }),
  };
}
