import { createServer, type Socket } from 'node:net';

/** What is wrong with it: `slow` answers after 30 s, `mute` never, `rubbish` in no protocol, and `deaf` delivers nothing. */
export type RedisFault = 'none' | 'slow' | 'mute' | 'rubbish' | 'deaf';

const SLOW_MS = 30_000;

export interface SmallRedis {
  url: string;
  fault: RedisFault;
  /** Ends it and all connections. */
  stop(): Promise<void>;
  /** On the same port. */
  startAgain(): Promise<void>;
}

/**
 * As much of Redis as nodes use: AUTH, SELECT, PUBLISH and SUBSCRIBE, on a free port of this machine. For machines without Redis, and
 * for faults.
 */
export async function startSmallRedis(password?: string): Promise<SmallRedis> {
  const connections = new Set<Socket>();
  const subscribers = new Map<Socket, string>();
  const server = createServer((socket) => {
    connections.add(socket);
    let known = password === undefined;
    let waiting = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('close', () => {
      connections.delete(socket);
      subscribers.delete(socket);
    });
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      for (;;) {
        const read = readCommand(waiting);
        if (!read) return;
        waiting = waiting.subarray(read.bytes);
        answer(read.words);
      }
    });

    function answer([name = '', ...words]: string[]): void {
      if (redis.fault === 'mute') return;
      if (redis.fault === 'rubbish') socket.write('HTTP/1.1 400 Bad Request\r\n\r\n<html>');
      else if (redis.fault === 'slow') setTimeout(() => socket.write('+OK\r\n'), SLOW_MS).unref();
      else socket.write(answerTo(name.toUpperCase(), words));
    }

    function answerTo(command: string, words: string[]): string {
      if (command === 'AUTH') {
        known = words.at(-1) === password;
        return known ? '+OK\r\n' : '-WRONGPASS invalid username-password pair or user is disabled.\r\n';
      }
      if (!known) return '-NOAUTH Authentication required.\r\n';
      const [channel = '', message = ''] = words;
      if (command === 'SUBSCRIBE') {
        subscribers.set(socket, channel);
        return `*3\r\n${bulk('subscribe')}${bulk(channel)}:1\r\n`;
      }
      if (command !== 'PUBLISH') return '+OK\r\n';
      const receivers = [...subscribers].filter(([, theirs]) => theirs === channel && redis.fault !== 'deaf');
      for (const [receiver] of receivers) receiver.write(`*3\r\n${bulk('message')}${bulk(channel)}${bulk(message)}`);
      return `:${receivers.length}\r\n`;
    }
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
  const port = await listen(0);
  const redis: SmallRedis = {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    fault: 'none',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      }),
    startAgain: async () => void (await listen(port)),
  };
  return redis;
}

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** A command is an array of strings with their lengths; null: it is not all there yet. */
function readCommand(bytes: Buffer): { words: string[]; bytes: number } | null {
  let at = 0;
  const number = (): number | null => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return null;
    const text = bytes.toString('latin1', at + 1, end);
    at = end + 2;
    return Number(text);
  };
  const count = number();
  if (count === null) return null;
  const words: string[] = [];
  while (words.length < count) {
    const length = number();
    if (length === null || bytes.length < at + length + 2) return null;
    words.push(bytes.toString('utf8', at, at + length));
    at += length + 2;
  }
  return { words, bytes: at };
}
