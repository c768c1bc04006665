import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type ReadJob, readStep } from './read-job.ts';

/** How the printer behaves; may be changed at any time. */
export interface PrinterState {
  paper: boolean;
  coverOpen: boolean;
  /** Answers no question about its state. */
  silent: boolean;
  /** Answers `DLE EOT` but not `GS r`. */
  noEnd: boolean;
  /** Closes the line after this many bytes of a connection. */
  cutAfter: number | null;
  /** Wait after each piece of data, ms. */
  slowMs: number;
}

const emptyJob = (): ReadJob => ({ text: '', rows: [], bands: [], cuts: 0 });

function statusByte(n: number, { paper, coverOpen }: PrinterState): number {
  const trouble = !paper || coverOpen;
  if (n === 1) return trouble ? 0x1a : 0x12;
  if (n === 2) return 0x12 | (coverOpen ? 0x04 : 0) | (paper ? 0 : 0x20);
  return paper ? 0x12 : 0x72;
}

/**
 * A printer on a free port of 127.0.0.1 that understands `GS v 0`, `ESC *`, `GS V`, `DLE EOT` and `GS r`. `jobs` holds a
 * connection's print once its first byte of text or picture came. `errors`: commands that it does not know.
 */
export async function startFakePrinter(initial: Partial<PrinterState> = {}) {
  const state: PrinterState = {
    paper: true,
    coverOpen: false,
    silent: false,
    noEnd: false,
    cutAfter: null,
    slowMs: 0,
    ...initial,
  };
  const jobs: ReadJob[] = [];
  const errors: string[] = [];
  const sockets = new Set<Socket>();

  async function serve(socket: Socket) {
    const job = emptyJob();
    let rest = Buffer.alloc(0);
    let taken = 0;
    for await (const data of socket as AsyncIterable<Buffer>) {
      if (state.slowMs > 0) await delay(state.slowMs);
      const allowed = state.cutAfter === null ? data.length : Math.max(0, state.cutAfter - taken);
      taken += data.length;
      rest = Buffer.concat([rest, data.subarray(0, allowed)]);
      for (let step = readStep(rest); rest.length > 0 && step; step = readStep(rest)) {
        if (step.apply) {
          if (!jobs.includes(job)) jobs.push(job);
          step.apply(job);
        }
        if (step.answer === 'now' && !state.silent) socket.write(Buffer.from([statusByte(step.n ?? 1, state)]));
        if (step.answer === 'in-order' && !state.silent && !state.noEnd)
          socket.write(Buffer.from([state.paper ? 0 : 0x0c]));
        rest = rest.subarray(step.length);
        if (rest.length === 0) break;
      }
      if (allowed < data.length) return void socket.resetAndDestroy();
    }
    socket.end();
  }

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    serve(socket).catch((error: Error) => {
      if (!('code' in error)) errors.push(error.message);
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    jobs,
    errors,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
