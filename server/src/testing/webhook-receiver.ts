import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A call that a receiver got. */
export interface Call {
  id: string;
  /** The message. */
  message: { type: string; seq?: number; at?: string; data: Record<string, unknown> };
  raw: string;
  headers: Record<string, string>;
}

/** How a receiver answers: a status, never, or by hand. */
export type Reply = number | 'never' | ((response: ServerResponse) => void);

export interface Receiver {
  url: string;
  calls: Call[];
  /** Answers the next calls so; 200 at first. */
  answer: (call: Call) => Reply;
  /** The most calls that were under way at once. */
  most(): number;
  /** Stops listening and cuts its connections. Harmless to call twice. */
  kill(): Promise<void>;
  /** Listens again, on the same port. */
  revive(): Promise<void>;
}

/** A real HTTP server on a free port of this machine, without its calls being verified. */
export async function startReceiver(): Promise<Receiver> {
  let underWay = 0;
  let most = 0;
  let port = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string>;
      const call = { id: headers['webhook-id'] ?? '', message: JSON.parse(raw) as Call['message'], raw, headers };
      receiver.calls.push(call);
      const reply = receiver.answer(call);
      if (reply === 'never') return;
      if (typeof reply === 'function') reply(response);
      else response.writeHead(reply).end();
    });
  });
  const listen = async () => {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  await listen();
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    calls: [],
    answer: () => 200,
    most: () => most,
    async kill() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    revive: listen,
  };
  return receiver;
}

/** Whether a secret has signed the call, by the reference implementation. */
export function isSigned({ raw, headers }: Pick<Call, 'raw' | 'headers'>, secret: string): boolean {
  try {
    new Webhook(secret).verify(raw, headers);
    return true;
  } catch {
    return false;
  }
}
