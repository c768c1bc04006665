import assert from 'node:assert/strict';
import { io } from 'socket.io-client';
import type { z } from 'zod';
import type { Trial } from './check.ts';
import { shaped } from './expect.ts';
import { Batch, Beat, CommandAnswer, Hello } from './shapes.ts';
import { type Position, positionNow, type Shop } from './shop.ts';
import { eventually } from './waiting.ts';

/** One message from the server, exactly as it came over the wire. */
export interface Message {
  event: string;
  payload: unknown;
  /** The engine's text, without the one byte of its packet type. */
  raw: string;
  /** Length of the whole message on the wire, bytes. */
  bytes: number;
  /** When it came, ms, on `performance.now()`. */
  at: number;
}

/** A display's connection to `/store` that writes down everything it hears. */
export interface DisplayLink {
  /** Everything the server pushed, oldest first; answers to what we sent are not among it. */
  messages: Message[];
  /** Bytes of the largest answer so far. */
  largestAck(): number;
  /** Sends an event and waits for its ack. */
  ask(event: string, payload: unknown): Promise<unknown>;
  tell(event: string, payload: unknown): void;
  hello(position: Position & { answered?: string | null }): Promise<z.output<typeof Hello>>;
  commands(commands: unknown[]): Promise<CommandAnswer>;
  batches(): Batch[];
  beats(): (z.output<typeof Beat> & { at: number })[];
  of(event: string): Message[];
  connected(): boolean;
  close(): void;
}

export const FIRST_TIME: Position = { epoch: null, cursor: 0, hash: null };

export interface LinkOptions {
  namespace?: string;
  /** Says `got` for every batch at once; false: never. */
  got?: boolean;
  auth?: Record<string, unknown>;
  origin?: string;
}

/** Thrown when the handshake is refused; `code` is `data.code` (contract, section 6). */
export class Refused extends Error {
  readonly code: unknown;
  constructor(message: string, code: unknown) {
    super(`handshake refused: ${message} (${String(code)})`);
    this.code = code;
  }
}

/** Connects; rejects with {@link Refused}. Closed by itself when the check is over. */
export async function connect(
  trial: Pick<Trial, 'url' | 'after'>,
  token: string | null,
  { namespace = '/store', got = true, auth, origin }: LinkOptions = {},
): Promise<DisplayLink> {
  const socket = io(`${trial.url}${namespace}`, {
    auth: auth ?? { ...(token === null ? {} : { token }), protocol: 1, appVersion: 'conformance' },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...(origin === undefined ? {} : { extraHeaders: { origin } }),
  });
  const close = () => void socket.close();
  trial.after(close);

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
    socket.once('connect_error', (error: Error & { data?: { code?: unknown } }) =>
      reject(new Refused(error.message, error.data?.code)),
    );
    setTimeout(() => reject(new Error('the handshake was not answered within 15 s')), 15_000).unref();
  });

  const ask = (event: string, payload: unknown): Promise<unknown> => socket.timeout(10_000).emitWithAck(event, payload);
  const of = (event: string) => messages.filter((message) => message.event === event);
  return {
    messages,
    largestAck: () => largestAck,
    ask,
    tell: (event, payload) => void socket.emit(event, payload),
    hello: async (position) => shaped('the answer to hello', await ask('hello', position), Hello),
    commands: async (commands) => shaped('the answer to commands', await ask('commands', { commands }), CommandAnswer),
    batches: () => of('changes').map(({ payload }) => shaped('changes', payload, Batch)),
    beats: () => of('beat').map(({ payload, at }) => ({ ...shaped('beat', payload, Beat), at })),
    of,
    connected: () => socket.connected,
    close,
  };
}

/** Why a handshake is refused; `undefined` when a refusal says nothing, 'connected' when there was none. */
export async function refusal(
  trial: Pick<Trial, 'url' | 'after'>,
  token: string | null,
  options: LinkOptions = {},
): Promise<unknown> {
  try {
    await connect(trial, token, options);
    return 'connected';
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

/** A display that stands at the head, told so by the server: from here on it gets every change. */
export async function liveDisplay(
  trial: Pick<Trial, 'url' | 'after'>,
  shop: Shop,
  options: LinkOptions & { token?: string | null } = {},
): Promise<DisplayLink & { position: Position & { epoch: string } }> {
  const link = await connect(trial, options.token ?? shop.display.token, options);
  const position = await positionNow(shop);
  const answer = await link.hello(position);
  if (answer.mode !== 'delta') throw new Error(`hello after a snapshot: ${JSON.stringify(answer)}`);
  return { ...link, position };
}

/** Waits until a change of this order came, and gives the batch it came in. */
export function batchWith(link: DisplayLink, orderId: string): Promise<Batch> {
  return eventually(`a change of ${orderId} on the socket`, () =>
    link.batches().find(({ changes }) => changes.some((change) => change.orderId === orderId)),
  );
}

/** Waits until a batch came that ends at `seq` or after it. */
export function caughtUp(link: DisplayLink, seq: number): Promise<Batch> {
  return eventually(`changes up to ${seq} on the socket`, () => link.batches().find(({ to }) => to >= seq));
}

/** Every batch begins where the one before ended, the first at `from`. */
export function areContinuous(link: DisplayLink, from: number): void {
  let at = from;
  for (const batch of link.batches()) {
    assert.equal(batch.from, at);
    assert.deepEqual(
      batch.changes.map(({ seq }) => seq),
      Array.from({ length: batch.to - at }, (_, i) => at + i + 1),
    );
    at = batch.to;
  }
}
