import { connect, type Socket } from 'node:net';
import type { ISocketFactory } from 'kafkajs';

/** Bytes of the largest answer that is read; kafkajs asks for 10 MB, and gets more only if one message is larger. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A length, and the number of the request that it answers. */
const LENGTH = 4;
const LEAST_BYTES = 4;
const CHUNK_BYTES = 64 * 1024;
const KEEP_ALIVE_MS = 60_000;

/**
 * A socket for kafkajs that ends when the peer does not speak Kafka. Without it, an answer of the wrong length is an
 * exception that nobody can catch, or is collected in memory for ever.
 */
export const createGuardedSocket: ISocketFactory = ({ host, port, onConnect }) => {
  const isSound = createFrameCheck();
  const socket: Socket = connect(
    {
      host,
      port,
      onread: {
        buffer: Buffer.alloc(CHUNK_BYTES),
        callback(length, buffer) {
          // kafkajs has hung up.
          if (socket.writableEnded) socket.destroy();
          else
            try {
              const chunk = Buffer.from(buffer.subarray(0, length));
              if (!isSound(chunk)) throw new Error('the peer does not speak Kafka');
              socket.emit('data', chunk);
            } catch (error) {
              socket.destroy(error as Error);
            }
          return !socket.destroyed;
        },
      },
    },
    onConnect,
  );
  return socket.setKeepAlive(true, KEEP_ALIVE_MS);
};

/** Whether a stream consists of answers whose lengths can be true; asked with each chunk. */
function createFrameCheck(): (chunk: Uint8Array) => boolean {
  /** Bytes until the next length. */
  let left = 0;
  /** The part of a length that has come. */
  let length: number[] = [];
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (left > 0) {
        const passed = Math.min(left, chunk.length - at);
        left -= passed;
        at += passed;
        continue;
      }
      length.push(chunk[at++] ?? 0);
      if (length.length < LENGTH) continue;
      left = Buffer.from(length).readInt32BE();
      length = [];
      if (left < LEAST_BYTES || left > MOST_BYTES) return false;
    }
    return true;
  };
}
