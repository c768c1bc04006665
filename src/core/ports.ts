import type { Undo } from '#contract/bridge.ts';
import type { HandshakeRefusal } from '#contract/errors.ts';
import type { PaperTicket, PrinterModel, PrintOutcome } from '#contract/paper-ticket.ts';
import type { CacheStore, QueueStore } from './stores.ts';

/** Everything the core needs from its platform. Adapters implement these over libraries, tests over fakes. */
export interface Ports {
  clock: Clock;
  /** 0 ≤ x < 1; jitter only. */
  random(): number;
  uuid(): string;
  /** Lower-case hex. */
  sha256(text: string): string;
  /** A deliberately slow, deterministic hash for short secrets such as a PIN, as text. */
  slowHash(secret: string, salt: string): Promise<string>;
  storage: Storage;
  sockets: Sockets;
  http: Http;
  paper: Paper;
  log: Log;
}

export interface Clock {
  /** ms since an arbitrary start; never goes back, even if the wall clock is set. May pause during sleep. */
  monotonic(): number;
  /** ms since the machine started, sleep included, whatever its clock is set to. Precise to a second. */
  uptime(): number;
  /** ms since 1970 by this machine's clock; may be years off and may jump. */
  wall(): number;
  after(ms: number, run: () => void): Undo;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** What a diagnosis needs to know about the machine. Optional for hosts. */
export interface MachineDiagnostics {
  /** Versions, platform, sizes: plain data without personal details. */
  facts(): Promise<Record<string, unknown>>;
  /** The end of the log, oldest line first. */
  lastLogLines(): Promise<string>;
  /** A ZIP archive of texts by name, in Base64. */
  zip(files: Record<string, string>): Promise<string>;
}

/**
 * `full`: no space left. `failed`: read or write error. `corrupt`: damaged. `locked`: in use by another process. `removed`:
 * removed or replaced while open.
 */
export type StorageFault = 'full' | 'failed' | 'corrupt' | 'locked' | 'removed';

/** A failed store operation. Nothing of its transaction has happened. */
export class StorageError extends Error {
  readonly fault: StorageFault;
  constructor(fault: StorageFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** The two databases. Both throw {@link StorageError}. */
export interface Storage {
  /** Disposable. `rebuilt`: the old one was damaged, and an empty one replaces it. */
  openCache(): { store: CacheStore; rebuilt: boolean };
  /** Must not be lost. `setAside`: the path where a damaged one is kept; the store then has what can be read of it. */
  openQueue(): { store: QueueStore; setAside: string | null };
}

export interface SocketTarget {
  /** Scheme, host and port; no path. */
  origin: string;
  token: string;
  protocol: number;
  appVersion: string;
}

/** Opens one connection to `/store`. It never reconnects by itself and buffers nothing. */
export interface Sockets {
  open(target: SocketTarget, events: SocketEvents): Socket;
}

/** Each socket ends with exactly one of `refused`, `failed` and `closed`, or with `close()`. No events follow. */
export interface SocketEvents {
  connected(): void;
  /** The server refused the connection. */
  refused(code: HandshakeRefusal | null, message: string): void;
  /** There was no answer, or an unintelligible one. */
  failed(reason: string): void;
  /** The connection was up and is lost. */
  closed(reason: string): void;
  message(event: string, payload: unknown): void;
}

export interface Socket {
  /** Sends with an ack. Rejects if the socket is not connected or closes before the answer. Has no time limit. */
  request(event: 'hello' | 'commands' | 'known', payload: unknown): Promise<unknown>;
  /** Sends without an ack; does nothing when the socket is not connected. */
  send(event: 'got', payload: unknown): void;
  /** Closes at once and without an event. Idempotent. */
  close(): void;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  token: string | null;
  headers?: Record<string, string>;
  body?: unknown;
}
export interface HttpAnswer {
  status: number;
  /** Parsed JSON, or null if the body is not JSON. */
  body: unknown;
  retryAfterMs: number | null;
}

export interface Http {
  /** `answer` rejects if no complete answer arrives; `cancel` makes it reject now. Has no time limit. */
  request(request: HttpRequest): { answer: Promise<HttpAnswer>; cancel: Undo };
}

/** Prints on printers in the network of this machine. */
export interface Paper {
  /** `outcome` does not reject, and comes in a minute at most; soon after `cancel`. */
  print(printer: PrinterModel, ticket: PaperTicket): { outcome: Promise<PrintOutcome>; cancel: Undo };
}
