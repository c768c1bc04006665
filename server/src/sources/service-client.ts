import type { IncomingHttpHeaders } from 'node:http';

/** Calls a service with its access, within its budgets, and never into the shop's own network (PRIVATE_TARGETS). */
export interface ServiceClient {
  /**
   * One call, in time limits. The answer's JSON; undefined: it has no body. Throws {@link Refused}, {@link AccessEnded},
   * {@link Later} and {@link Conflict}, nothing else.
   *
   * @param path below the service's address, such as `/v2/orders/search`
   */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options?: CallOptions): Promise<unknown>;
}

export interface CallOptions {
  query?: Record<string, string | number | boolean>;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Gets the headers of an answer that is not an error, such as for the address of the next page. */
  onHeaders?(headers: IncomingHttpHeaders): void;
}

/** They do not want it, and would not later: a 4xx. The message is theirs, in one line. */
export class Refused extends Error {
  readonly status: number;
  /** The answer as it came, for codes that it may have. */
  readonly answer: string;
  constructor(message: string, status: number, answer = '') {
    super(message);
    this.status = status;
    this.answer = answer;
  }
}

/** Key or token are no longer valid there: 401 or 403. Nothing works until the owner gives another. */
export class AccessEnded extends Error {}

/** Not now: no answer, a 5xx, a 429. */
export class Later extends Error {
  /** They named this time, ms; null: they named none. */
  readonly afterMs: number | null;
  constructor(message: string, afterMs: number | null = null) {
    super(message);
    this.afterMs = afterMs;
  }
}

/** The order has changed there: 409. Read it, and try again. */
export class Conflict extends Error {}
