import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is wrong with the broker; may be changed at any time. */
export interface KafkaFaults {
  /** It refuses connections. Those that are open stay; see `cut`. */
  away: boolean;
  /** Each answer comes so much later, ms. */
  delayMs: number;
  /** Bytes of the largest request of messages that it takes. */
  most: number;
  /** Talks in its place to whoever connects. */
  instead: ((socket: Socket) => void) | null;
}

export interface KafkaProxy extends KafkaFaults {
  /** Stays the same while the broker is away. */
  address: string;
  /** Breaks all connections. */
  cut(): void;
  close(): Promise<void>;
}

/** A broker on this machine with faults: clients that begin here stay here, since it names this address as the broker's. */
export async function createKafkaProxy(broker: string): Promise<KafkaProxy> {
  const open = new Set<Socket>();
  const port = Number(broker.split(':')[1]);
  const keep = (socket: Socket) =>
    open.add(
      socket
        .setNoDelay()
        .on('error', () => {})
        .on('close', () => open.delete(socket)),
    );
  const listener = createServer((client) => {
    keep(client);
    if (proxy.away) return client.destroy();
    if (proxy.instead) return proxy.instead(client);
    const server = connect(port, '127.0.0.1');
    keep(server);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    let before = Promise.resolve();
    const answer = (frame: Buffer): void => {
      const mine = asHere(frame, port, here);
      before = before.then(async () => {
        if (proxy.delayMs > 0) await sleep(proxy.delayMs);
        client.write(mine);
      });
    };
    server.on('data', splitFrames(answer));
    client.on(
      'data',
      splitFrames((frame) => {
        const refusal = frame.length > proxy.most ? tooLarge(frame) : null;
        if (refusal) answer(refusal);
        else server.write(frame);
      }),
    );
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const here = (listener.address() as AddressInfo).port;
  const cut = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const proxy: KafkaProxy = {
    ...{ away: false, delayMs: 0, most: Number.POSITIVE_INFINITY, instead: null },
    address: `127.0.0.1:${here}`,
    cut,
    async close() {
      cut();
      listener.close();
    },
  };
  return proxy;
}

/** Kafka's frames: four bytes of length, then so many bytes. */
function splitFrames(onFrame: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE()) {
      const end = 4 + rest.readInt32BE();
      onFrame(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}

/** Puts this port in place of the broker's wherever an answer names it. */
function asHere(frame: Buffer, port: number, here: number): Buffer {
  const named = (at: number) => {
    const name = Buffer.from('..127.0.0.1....');
    name.writeInt16BE('127.0.0.1'.length);
    name.writeInt32BE(at, name.length - 4);
    return name;
  };
  const mine = Buffer.from(frame);
  for (let at = mine.indexOf(named(port)); at >= 0; at = mine.indexOf(named(port), at + 1)) named(here).copy(mine, at);
  return mine;
}

const PRODUCE = 0;
const MESSAGE_TOO_LARGE = 10;

/** The answer to a request of messages (Produce, version 5 to 7) that refuses all of them; null: it is another request. */
function tooLarge(frame: Buffer): Buffer | null {
  if (frame.readInt16BE(4) !== PRODUCE) return null;
  let at = 8;
  const int16 = () => {
    at += 2;
    return frame.readInt16BE(at - 2);
  };
  const int32 = () => {
    at += 4;
    return frame.readInt32BE(at - 4);
  };
  const skip = (bytes: number) => {
    at += bytes;
  };
  const parts: Buffer[] = [];
  const put32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    parts.push(bytes);
    return value;
  };
  put32(int32()); // the correlation
  skip(int16()); // the client's name
  skip(Math.max(0, int16())); // no transaction
  skip(2 + 4); // acks, timeout
  for (let topics = put32(int32()); topics > 0; topics--) {
    const name = at;
    skip(int16());
    parts.push(frame.subarray(name, at));
    for (let partitions = put32(int32()); partitions > 0; partitions--) {
      put32(int32());
      skip(int32());
      const outcome = Buffer.alloc(2 + 8 + 8 + 8, 0xff);
      outcome.writeInt16BE(MESSAGE_TOO_LARGE);
      parts.push(outcome);
    }
  }
  put32(0); // no throttling
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}
