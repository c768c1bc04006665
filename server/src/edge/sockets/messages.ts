import type { ErrorBody } from '#contract/errors.ts';
import { ServiceError } from '../../service-error.ts';
import { errorFields, toServiceError } from '../http-errors.ts';

/** Most waiting messages of one name; a display that follows the rules has one in flight (C3). */
const MAX_WAITING = 16;

type OnFailure = (error: unknown) => void;

/** Answers one message; a thrown error becomes the ack's `error`. `ack` does nothing if none was requested. */
export type Handler = (payload: unknown, ack: (answer: object) => void) => Promise<void> | void;

type Lane = (payload: unknown, ack: (answer: object) => void) => void;

/**
 * Passes each message to its handler. `inOrder` handles messages of one name one after the other; different names do
 * not wait for one another (L2: down never waits for up). An invalid message gets an error as its ack, without effect.
 */
export function handleMessages(
  socket: { onAny(listener: (name: string, ...args: unknown[]) => void): unknown },
  handlers: { inOrder: Record<string, Handler>; atOnce: Record<string, Handler> },
  onFailure: OnFailure,
): void {
  const lanes = new Map<string, Lane>();
  for (const [name, handle] of Object.entries(handlers.atOnce))
    lanes.set(name, (payload, ack) => void answer(handle, payload, ack, onFailure));
  for (const [name, handle] of Object.entries(handlers.inOrder)) lanes.set(name, createLane(handle, onFailure));

  socket.onAny((name: string, ...args: unknown[]) => {
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (answer: object): void => last(answer) : () => {};
    const payload = typeof args[0] === 'function' ? undefined : args[0];
    const lane = lanes.get(name);
    if (lane) lane(payload, ack);
    else ack(errorAck(new ServiceError('invalid_request', 'There is no such message.')));
  });
}

function createLane(handle: Handler, onFailure: OnFailure): Lane {
  let waiting = 0;
  let last = Promise.resolve();
  return (payload, ack) => {
    if (waiting >= MAX_WAITING) {
      ack(errorAck(new ServiceError('rate_limited', 'Too many messages at once: wait for the answers.')));
      return;
    }
    waiting += 1;
    last = last
      .then(() => answer(handle, payload, ack, onFailure))
      .finally(() => {
        waiting -= 1;
      });
  };
}

/** Never rejects. */
async function answer(handle: Handler, payload: unknown, ack: (answer: object) => void, onFailure: OnFailure) {
  try {
    await handle(payload, ack);
  } catch (error) {
    const failure = toServiceError(error);
    if (failure.code === 'internal') onFailure(error);
    ack(errorAck(failure));
  }
}

function errorAck(failure: ServiceError): { error: Omit<ErrorBody['error'], 'requestId'> } {
  return { error: errorFields(failure) };
}
