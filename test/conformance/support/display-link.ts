import assert from 'node:assert/strict';
import { io } from 'socket.io-client';
import { eventually, shaped } from './expect.ts';
import { Batch, Beat, CommandAnswer, ErrorAck, type ErrorCode, Hello } from './shapes.ts';

/** One message from the server, as received. */
interface Message {
  event: string;
  payload: unknown;
  /** The engine's text, without the byte of its packet type. */
  raw: string;
  /** Length of the whole message on the wire. */
  bytes: number;
  /** Milliseconds on `performance.now()`. */
  at: number;
}

/** Position of a display in the log. */
export interface Position {
  epoch: string | null;
  cursor: number;
  hash: string | null;
}

export const FIRST_TIME: Position = { epoch: null, cursor: 0, hash: null };

export interface LinkOptions {
  token?: string | null;
  namespace?: string;
  /** Sends `got` for every batch at once; false: never. */
  got?: boolean;
  /** Replaces `{token, protocol, appVersion}`. */
  auth?: Record<string, unknown>;
  origin?: string | undefined;
}

export type DisplayLink = Awaited<ReturnType<typeof connect>>;

/** A display's connection to `/store` that records everything it receives. Rejects with Socket.io's error if refused. */
export async function connect(
  url: string,
  { token, namespace = '/store', got = true, auth, origin }: LinkOptions,
  after: (undo: () => void) => void,
) {
  const socket = io(url + namespace, {
    auth: auth ?? { ...(token === null ? {} : { token }), protocol: 1, appVersion: 'conformance' },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...(origin === undefined ? {} : { extraHeaders: { origin } }),
  });
  const close = () => void socket.close();
  after(close);

  const messages: Message[] = [];
  let largestAck = 0;
  socket.io.on('open', () =>
    socket.io.engine.on('packet', ({ type, data }: { type: string; data?: unknown }) => {
      if (type !== 'message' || typeof data !== 'string') return;
      const bytes = Buffer.byteLength(data) + 1;
      // Socket.io packet types, after the namespace and before the JSON: 2 is an event, 3 an ack.
      if (data.startsWith('3')) largestAck = Math.max(largestAck, bytes);
      if (!data.startsWith('2')) return;
      const [event, payload] = JSON.parse(data.slice(data.indexOf('[')));
      messages.push({ event, payload, raw: data, bytes, at: performance.now() });
      if (event === 'changes' && got) socket.emit('got', { cursor: payload.to });
    }),
  );

  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });

  const ask = (event: string, payload: unknown): Promise<unknown> => socket.timeout(10_000).emitWithAck(event, payload);
  const of = (event: string) => messages.filter((message) => message.event === event);
  const batches = (): Batch[] => of('changes').map(({ payload }) => shaped('changes', payload, Batch));
  return {
    /** The server's pushes, oldest first; without answers to our messages. */
    messages,
    of,
    /** Size of the largest answer so far, bytes. */
    largestAck: () => largestAck,
    ask,
    /** Sends a message that must be acked with an error. */
    async refused(event: string, payload: unknown): Promise<ErrorCode> {
      return shaped(`the ack of ${event} ${JSON.stringify(payload)}`, await ask(event, payload), ErrorAck).error.code;
    },
    emit: (event: string, payload: unknown) => void socket.emit(event, payload),
    hello: async (position: Position & { answered?: string | null }) =>
      shaped('the answer to hello', await ask('hello', position), Hello),
    commands: async (commands: unknown[]) =>
      shaped('the answer to commands', await ask('commands', { commands }), CommandAnswer),
    batches,
    beats: () => of('beat').map(({ payload, at }) => ({ ...shaped('beat', payload, Beat), at })),
    /** Waits for the batch with a change of this order. */
    batchWith: (orderId: string) =>
      eventually(`a change of ${orderId} on the socket`, () =>
        batches().find(({ changes }) => changes.some((change) => change.orderId === orderId)),
      ),
    /** Waits for the batch that ends at `seq` or after it. */
    caughtUp: (seq: number) =>
      eventually(`changes up to ${seq} on the socket`, () => batches().find(({ to }) => to >= seq)),
    /** Asserts that every batch begins where the one before ended, the first at 0. */
    isContinuous(): void {
      let at = 0;
      for (const { from, to, changes } of batches()) {
        assert.equal(from, at);
        const numbers = changes.map(({ seq }) => seq - from);
        assert.deepEqual(
          numbers,
          [...Array(to - from).keys()].map((i) => i + 1),
        );
        at = to;
      }
    },
    connected: () => socket.connected,
    close,
  };
}
