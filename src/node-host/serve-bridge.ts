import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import type { BridgeError, BridgeHost, PushName } from '#contract/bridge.ts';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import { fail, type Result } from '#contract/errors.ts';
import { createPageOutbox } from './page-outbox.ts';

type Answer = Result<unknown, BridgeError>;
interface FromPage {
  call(name: string, input: unknown, ack: (answer: Answer) => void): void;
}
interface ToPage {
  push(name: PushName, payload: unknown): void;
}

/**
 * The bridge over Socket.io: `call(name, input)` with the Result in the ack, and `push(name, payload)`.
 *
 * @param allowed checks a page before its socket opens: cookie, `Origin`, `Host`
 */
export function serveBridge(http: HttpServer, display: BridgeHost, allowed: (request: IncomingMessage) => boolean) {
  const io = new Server<FromPage, ToPage>(http, {
    path: BRIDGE_PATH,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: 64 * 1024,
    // A page notices within 10 s that the display program is gone.
    pingInterval: 5_000,
    pingTimeout: 5_000,
    allowRequest: (request, decide) => decide(null, allowed(request)),
  });

  io.on('connection', (page) => {
    const outbox = createPageOutbox({
      writable: () => page.conn.transport.writable,
      send: (name, payload) => page.emit('push', name, payload),
    });
    // Not `drain`, which fires before the next message can be sent.
    page.conn.transport.on('ready', outbox.drained);
    const undo = display.onPush((name, payload) => outbox.push(name, payload));
    page.on('disconnect', undo);
    page.on('call', (name, input, ack) => {
      if (typeof name === 'string' && typeof ack === 'function') void answer(display, name, input).then(ack);
    });
    // A new page must not wait for the next push.
    void answer(display, 'getStatus', null).then((status) => status.ok && outbox.push('status', status.value));
  });

  return { close: () => io.close() };
}

async function answer(display: BridgeHost, name: string, input: unknown): Promise<Answer> {
  try {
    return await display.call(name, input ?? null);
  } catch {
    return fail('internal', 'The display program failed.');
  }
}
