import { type Dispatcher, request } from 'undici';
import type { ServiceAccess } from './adapter.ts';
import { createBudgets } from './create-budgets.ts';
import { AccessEnded, Conflict, Later, Refused, type ServiceClient } from './service-client.ts';
import { wordsOf } from './words-of.ts';

/** Time limit of a call, ms. */
const WITHIN_MS = 10_000;
/** How long a service may ask us to wait, ms: a wrong answer must not stop its orders for a day, nor make us ask without a pause. */
const WAIT_MS = { least: 1_000, most: 3_600_000 };
/** Most bytes of an answer: a page of 100 orders has some 1 MB. */
const ANSWER_BYTES = 8 * 1024 * 1024;

export interface ServiceClientParts {
  /** Made by `createOutboundAgent`. */
  dispatcher: Dispatcher;
  /** Ends all calls, which then throw `Later`. */
  signal?: AbortSignal;
  /** Time limit of a call, ms. */
  withinMs?: number;
}

/**
 * Follows no redirects: an access must not go to another host. While the service asked to wait, it is not called, whatever
 * is to be asked: calls throw `Later` with the rest of the time.
 */
export function createServiceClient(
  { url, headers, budgets }: ServiceAccess,
  { dispatcher, signal, withinMs = WITHIN_MS }: ServiceClientParts,
): ServiceClient {
  const turn = createBudgets(budgets.filter(({ of }) => !of));
  const some = budgets.flatMap((budget) => (budget.of ? { of: budget.of, turn: createBudgets([budget]) } : []));
  let silence = { until: 0, why: '' };

  function keepSilence(): void {
    const rest = silence.until - performance.now();
    if (rest > 0) throw new Later(silence.why, rest);
  }

  return {
    async call(method, path, { query, body, headers: more, onHeaders } = {}) {
      keepSilence();
      for (const { of, turn } of some) if (of.test(`${method} ${path}`)) await turn(signal);
      await turn(signal);
      keepSilence();
      const late = AbortSignal.timeout(withinMs);
      try {
        const answer = await request(`${url}${path}`, {
          method,
          ...(query && { query }),
          ...(body !== undefined && { body: JSON.stringify(body) }),
          headers: {
            accept: 'application/json',
            'user-agent': 'Ticketrail',
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
            ...more,
          },
          dispatcher,
          signal: signal ? AbortSignal.any([signal, late]) : late,
        });
        const json = judge(answer.statusCode, answer.headers['retry-after'], await read(answer.body));
        onHeaders?.(answer.headers);
        return json;
      } catch (error) {
        if (error instanceof Later && error.afterMs !== null)
          silence = { until: performance.now() + error.afterMs, why: error.message };
        if (isOurs(error)) throw error;
        throw new Later(late.aborted ? `no answer within ${withinMs / 1_000} s` : reasonOf(error));
      }
    },
  };
}

/** The answer's JSON. Throws what a client throws. */
function judge(status: number, retryAfter: string | string[] | undefined, text: string): unknown {
  if (status >= 200 && status < 300) {
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new Later('the answer is not JSON');
    }
  }
  const words = wordsOf(text) || `the answer was ${status}`;
  if (status === 401 || status === 403) throw new AccessEnded(words);
  if (status === 409) throw new Conflict(words);
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    throw new Later(words, waitOf(typeof retryAfter === 'string' ? retryAfter : undefined));
  throw new Refused(words, status, text);
}

/** @returns ms; null: none is named */
function waitOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(WAIT_MS.most, Math.max(WAIT_MS.least, ms)) : null;
}

async function read(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > ANSWER_BYTES) throw new Later(`the answer has more than ${ANSWER_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const isOurs = (error: unknown): boolean =>
  [Refused, AccessEnded, Later, Conflict].some((kind) => error instanceof kind);

/** The message of an error, or of what it consists of, when a name had several addresses. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [];
  const { message, code } = (first ?? error) as { message?: string; code?: string };
  return (message || code || 'the connection failed').slice(0, 200);
}
