import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { detailsOf, ERROR_STATUS, type ErrorBody, type ErrorCode, type ErrorDetail } from '#contract/errors.ts';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { ServiceError } from '../service-error.ts';
import type { App } from './app.ts';
import type { BuiltPages } from './pages/built-pages.ts';
import { sendProblemPage, wantsPage } from './pages/problem-page.ts';

/**
 * Answers every failed request with the contract's error: no stack, no path, no SQL (section 5).
 *
 * @param built with it, a browser that asks for a page gets one that says the same
 */
export function addErrors(app: App, built?: () => Promise<BuiltPages>): void {
  app.setErrorHandler((error, request, reply) =>
    built && wantsPage(request)
      ? sendProblemPage(failureOf(error, request), request, reply, built)
      : sendError(error, request, reply),
  );
  // For files of the docs; other unknown addresses are refused before (identity.ts).
  app.setNotFoundHandler((request, reply) => sendError(nothingHere(), request, reply));
}

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = failureOf(error, request);
  const body: ErrorBody & { order?: unknown } = { error: { ...errorFields(failure), requestId: request.id } };
  if (failure.order) body.order = failure.order;
  return reply
    .code(failure.status ?? ERROR_STATUS[failure.code])
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body);
}

function failureOf(error: unknown, request: FastifyRequest): ServiceError {
  const failure = toServiceError(error, () => request.routeOptions.bodyLimit);
  if (failure.code === 'internal') request.log.error({ err: error }, 'a request failed');
  return failure;
}

/** Enough to mend a request; its fields may be thousands. */
const MOST_DETAILS = 20;
const LONGEST_TEXT = 300;

/** The error in both HTTP answers and socket acks. */
export function errorFields(error: ServiceError): { code: ErrorCode; message: string; details?: ErrorDetail[] } {
  const { code, message, details } = error;
  const some = details?.slice(0, MOST_DETAILS).map((one) => ({ path: short(one.path), message: short(one.message) }));
  return { code, message: short(message), ...(some?.length ? { details: some } : {}) };
}

const short = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

export const nothingHere = () => new ServiceError('not_found', 'There is nothing at this address.');

/**
 * Any thrown value as a ServiceError. An unexpected one is `internal`, without its cause.
 *
 * @param bodyLimit of the route that got the request, bytes; called for a body that is over it
 */
export function toServiceError(error: unknown, bodyLimit?: () => number): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof DatabaseUnavailable) return new ServiceError(error.code, error.message);
  if (error instanceof z.ZodError) return invalid(error);
  // Nobody receives it.
  if (error instanceof Error && error.name === 'AbortError')
    return new ServiceError('unavailable', 'The client has disconnected.');
  const status = error instanceof Error ? (error as Partial<FastifyError>).statusCode : undefined;
  const code = error instanceof Error ? String((error as Partial<FastifyError>).code) : '';
  if (status === 413 && bodyLimit) return new ServiceError('too_large', `The body is over ${bodyLimit() / 1024} KiB.`);
  if (status === 415)
    return new ServiceError('invalid_request', 'The body must be JSON: send content-type: application/json.');
  if (code === 'FST_ERR_BAD_URL') return new ServiceError('invalid_request', 'The address is not well formed.');
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return nothingHere();
  if (status !== undefined && status >= 400 && status < 500)
    return new ServiceError('invalid_request', 'The body is not valid JSON.');
  return new ServiceError('internal', 'Something went wrong on the server; its log says what, under this requestId.');
}

function invalid(error: z.ZodError): ServiceError {
  const details = detailsOf(error);
  const first = details[0];
  return new ServiceError(
    'invalid_request',
    first ? `${first.path || 'The request'} ${first.message}` : 'Invalid request',
    {
      details,
    },
  );
}

/** Answers requests so malformed that Node refuses them before Fastify sees them. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, message] = describeClientError(error.code);
  const body = JSON.stringify({ error: { code, message, requestId: randomUUID() } } satisfies ErrorBody);
  socket.end(
    `HTTP/1.1 ${ERROR_STATUS[code]} ${code}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function describeClientError(code: string | undefined): [ErrorCode, string] {
  if (code === 'HPE_HEADER_OVERFLOW') return ['too_large', 'The address or the headers are too long.'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['invalid_request', 'The request did not arrive in time.'];
  return ['invalid_request', 'This is not well-formed HTTP.'];
}
