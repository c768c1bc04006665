import { connect } from 'node:net';
import { CLOSE, createFrameReader, PING, TEXT } from './frame-reader.ts';

/** A WebSocket that takes little time and memory. */
export interface LightSocket {
  send(text: string): void;
  close(): void;
  /** Of both directions so far, with the handshake. */
  bytes(): number;
}

/** All sockets read into it, one after the other. */
const shared = Buffer.alloc(256 * 1024);
const PONG = 10;

/**
 * Resolves when the server has agreed to a WebSocket.
 *
 * @param onText the beginning of a message, once all of it has arrived
 * @param onEnd the connection has ended, not by `close`
 * @param most bytes of a message that `onText` gets, by default a few hundred
 */
export function openLightSocket(
  url: string,
  onText: (beginning: string, socket: LightSocket) => void,
  onEnd: () => void = () => {},
  most?: number,
): Promise<LightSocket> {
  const { hostname, port, host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    let handshake: string | null = '';
    let closed = false;
    const read = createFrameReader((opcode, beginning) => {
      if (opcode === TEXT) onText(beginning.toString(), socket);
      else if (opcode === PING) tcp.write(frameOf(PONG, beginning));
      else if (opcode === CLOSE) tcp.end();
    }, most);
    const onread = {
      buffer: shared,
      callback(length: number) {
        const chunk = shared.subarray(0, length);
        if (handshake === null) read(chunk);
        else shakeHands(chunk);
        return true;
      },
    };
    const tcp = connect({ host: hostname, port: Number(port), noDelay: true, onread });
    const socket: LightSocket = {
      send: (text) => void tcp.write(frameOf(TEXT, Buffer.from(text))),
      close() {
        closed = true;
        tcp.destroy();
      },
      bytes: () => tcp.bytesRead + tcp.bytesWritten,
    };

    function shakeHands(chunk: Buffer): void {
      handshake += chunk.toString('latin1');
      const end = handshake?.indexOf('\r\n\r\n') ?? -1;
      if (handshake === null || end < 0) return;
      if (!handshake.startsWith('HTTP/1.1 101')) return void tcp.destroy(new Error(handshake.slice(0, 200)));
      const rest = Buffer.from(handshake.slice(end + 4), 'latin1');
      handshake = null;
      resolve(socket);
      if (rest.length > 0) read(rest);
    }

    tcp.on('error', reject);
    tcp.on('close', () => {
      reject(new Error('the connection ended'));
      if (!closed) onEnd();
    });
    tcp.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGlja2V0cmFpbCBiZW5jaA==\r\n\r\n',
    );
  });
}

/** A frame of a client, with a mask of zeros, which leaves the payload as it is. At most 64 KiB. */
function frameOf(opcode: number, payload: Buffer): Buffer {
  const length = payload.length;
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length])
      : Buffer.from([0x80 | opcode, 0xfe, length >> 8, length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}
