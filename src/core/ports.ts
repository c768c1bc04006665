import type { Undo } from '#contract/bridge.ts';
import type { HandshakeRefusal } from '#contract/errors.ts';
import type { CacheStore, QueueStore } from './stores.ts';

/** Everything the core needs from the machine it runs on. Adapters put these over libraries, tests over doubles. */
export interface Ports {
  clock: Clock;
  /** 0 ≤ x < 1; jitter only. */
  random(): number;
  uuid(): string;
  /** Lower-case hex. */
  sha256(text: string): string;
  /** A hash that is slow on purpose, for short secrets such as a PIN; text. The same secret and salt, the same hash. */
  slowHash(secret: string, salt: string): Promise<string>;
  storage: Storage;
  sockets: Sockets;
  http: Http;
  log: Log;
}

export interface Clock {
  /** ms from some start; only goes forward, whatever is done to the wall clock. May stand still while the machine sleeps. */
  monotonic(): number;
  /** ms since 1970 as this machine believes; may be years off and may jump. */
  wall(): number;
  after(ms: number, run: () => void): Undo;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** What a diagnosis needs of the machine. Hosts that have none answer without it. */
export interface Machine {
  /** Versions, platform, sizes: plain data, and nothing that names a person. */
  facts(): Promise<Record<string, unknown>>;
  /** The end of the log, oldest line first. */
  lastLogLines(): Promise<string>;
  /** One ZIP archive of texts by name, in Base64. */
  zip(files: Record<string, string>): Promise<string>;
}

/** `full`: no space left. `failed`: the disk cannot be written or read. `corrupt`: not a sound database. `locked`: another process has it. */
export type StorageFault = 'full' | 'failed' | 'corrupt' | 'locked';

/** What a store throws when it cannot do what it was asked; then nothing of the transaction has happened. */
export class StorageError extends Error {
  readonly fault: StorageFault;
  constructor(fault: StorageFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** The two databases (design.md, "The two ways through the house"). Both throw {@link StorageError}. */
export interface Storage {
  /** Disposable. `rebuilt`: what was there was damaged and has been replaced by an empty one. */
  openCache(): { store: CacheStore; rebuilt: boolean };
  /** Precious. `setAside`: where a damaged one was moved, to be kept; the store is then a new one. */
  openQueue(): { store: QueueStore; setAside: string | null };
}

export interface SocketTarget {
  /** Scheme, host and port; no path. */
  origin: string;
  token: string;
  protocol: number;
  appVersion: string;
}

/** One attempt at one connection to `/store`; it never reconnects by itself and keeps nothing to send later. */
export interface Sockets {
  open(target: SocketTarget, events: SocketEvents): Socket;
}

/** After `refused`, `failed` or `closed` a socket says nothing more; each socket ends with exactly one of them, or with `close()`. */
export interface SocketEvents {
  connected(): void;
  /** The server answered and said no. */
  refused(code: HandshakeRefusal | null, message: string): void;
  /** Nobody answered, or not in our language. */
  failed(reason: string): void;
  /** It was connected and is no more. */
  closed(reason: string): void;
  message(event: string, payload: unknown): void;
}

export interface Socket {
  /** Sends with an ack. Rejects when the socket is not connected, or closes before the answer; sets no time limit of its own. */
  request(event: 'hello' | 'commands' | 'known', payload: unknown): Promise<unknown>;
  /** Sends without an ack; does nothing when the socket is not connected. */
  send(event: 'got', payload: unknown): void;
  /** Silent, at once, and twice is harmless. */
  close(): void;
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  token: string | null;
  body?: unknown;
}
export interface HttpAnswer {
  status: number;
  /** Parsed JSON, or null when the body was none. */
  body: unknown;
  retryAfterMs: number | null;
}

export interface Http {
  /** `answer` rejects when there was no whole answer; `cancel` makes it reject now. Sets no time limit of its own. */
  request(request: HttpRequest): { answer: Promise<HttpAnswer>; cancel: Undo };
}
