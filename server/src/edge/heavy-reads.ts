import type { FastifyReply, FastifyRequest } from 'fastify';
import { keyOf } from './identify.ts';
import { askerOf, rejectRateLimited } from './identity.ts';

/** Lists, searches and figures at once. SQLite answers one at a time; a second one lets callers take turns. */
export const QUERIES = { all: 2, each: 1 };
/** Histories at once. They are sent as fast as their client reads, so those of one caller must not keep others waiting. */
export const HISTORIES = { all: Number.POSITIVE_INFINITY, each: 2 };
/** Waiting reads of one caller; with more, it is not waiting for the answers. */
const WAITING_EACH = 50;
const RETRY_AFTER_SECONDS = 1;
/**
 * After a read, its caller's next one waits this many times as long as that took, and for at least this long, ms: its answer
 * is yet to be written, which may take as long as the read, and most of the server's time is for others.
 */
const REST = { times: 4, atLeastMs: 10 };
/** A read may have taken long because its client reads slowly. */
const LONGEST_REST_MS = 250;

interface Waiting {
  caller: string;
  start(): void;
}

/** Bounds how many reads that take long run at once. */
export interface HeavyReads {
  /**
   * Runs the read when it is the caller's turn; the signal aborts when its client is gone. Refuses with `rate_limited` if
   * too many of this caller wait.
   */
  run<T>(request: FastifyRequest, reply: FastifyReply, read: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** @param most reads at once, of all callers and of each */
export function createHeavyReads(most: { all: number; each: number }): HeavyReads {
  const running = new Map<string, number>();
  /** Callers that rest, and until when; ms of `performance.now`. */
  const resting = new Map<string, number>();
  let all = 0;
  let waiting: Waiting[] = [];

  function count(caller: string, change: 1 | -1): void {
    all += change;
    const left = (running.get(caller) ?? 0) + change;
    if (left > 0) running.set(caller, left);
    else running.delete(caller);
  }

  const mayStart = (caller: string) =>
    all < most.all &&
    (running.get(caller) ?? 0) < most.each &&
    (resting.get(caller) ?? Number.NEGATIVE_INFINITY) <= performance.now();

  function startNext(): void {
    const next = waiting.find(({ caller }) => mayStart(caller));
    if (!next) return;
    waiting = waiting.filter((one) => one !== next);
    count(next.caller, 1);
    next.start();
  }

  function rest(caller: string, ms: number): void {
    const until = performance.now() + ms;
    resting.set(caller, until);
    setTimeout(() => {
      // A late timer must not end the rest after a read that has run since.
      if (resting.get(caller) === until) resting.delete(caller);
      startNext();
    }, ms).unref();
  }

  /** Resolves when the read may start and is counted; rejects if its client leaves before. */
  function turnOf(caller: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting = waiting.filter((one) => one !== mine);
        reject(signal.reason);
      };
      const mine = {
        caller,
        start() {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(mine);
      startNext();
    });
  }

  return {
    async run(request, reply, read) {
      const caller = keyOf(askerOf(request));
      const { signal } = request;
      signal.throwIfAborted();
      if (waiting.filter((one) => one.caller === caller).length >= WAITING_EACH)
        rejectRateLimited(reply, RETRY_AFTER_SECONDS);
      await turnOf(caller, signal);
      const began = performance.now();
      try {
        return await read(signal);
      } finally {
        count(caller, -1);
        const took = performance.now() - began;
        rest(caller, Math.min(Math.max(REST.times * took, REST.atLeastMs), LONGEST_REST_MS));
        startNext();
      }
    },
  };
}
