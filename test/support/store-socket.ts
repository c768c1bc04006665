import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { type Beat, type Changes, type HelloAnswer, type Position, PROTOCOL } from '#contract/sync.ts';

/** A bare client of `/store` that records what it receives. It follows no rules: the test decides what it sends. */
export interface StoreClient {
  socket: Socket;
  batches: Changes[];
  beats: Beat[];
  /** Names of all received events, in order. */
  heard: string[];
  ask(name: string, payload: unknown): Promise<unknown>;
  hello(position?: Position): Promise<HelloAnswer>;
  /** Confirms every batch from now on, as it arrives. */
  confirmAll(): void;
  close(): void;
}

const NOWHERE: Position = { epoch: null, cursor: 0, hash: null };

export class HandshakeRefused extends Error {
  readonly code: string | undefined;
  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/**
 * Resolves when connected; rejects with {@link HandshakeRefused}.
 *
 * @param onConnecting adds listeners, so that no message is missed
 */
export async function connectStore(
  url: string,
  auth: object,
  {
    namespace = '/store',
    onConnecting,
    ...options
  }: Partial<ManagerOptions & SocketOptions> & { namespace?: string; onConnecting?: (socket: Socket) => void } = {},
): Promise<StoreClient> {
  const socket = io(url + namespace, {
    auth: { protocol: PROTOCOL, appVersion: 'test', ...auth },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  const client: StoreClient = {
    socket,
    batches: [],
    beats: [],
    heard: [],
    ask: (name, payload) => socket.timeout(5_000).emitWithAck(name, payload),
    hello: (position = NOWHERE) => socket.timeout(5_000).emitWithAck('hello', position),
    confirmAll: () => void socket.on('changes', ({ to }: Changes) => socket.emit('got', { cursor: to })),
    close: () => void socket.close(),
  };
  socket.onAny((name) => client.heard.push(name));
  socket.on('changes', (changes: Changes) => client.batches.push(changes));
  socket.on('beat', (beat: Beat) => client.beats.push(beat));
  onConnecting?.(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) => {
      socket.close();
      reject(new HandshakeRefused(error.message, error.data?.code));
    });
  });
  return client;
}
