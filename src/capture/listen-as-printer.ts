import { createServer, type Server, type Socket } from 'node:net';
import { answerOf } from './answer-of.ts';
import type { CodePage } from './code-pages.ts';
import { createEscposReader } from './create-escpos-reader.ts';
import type { Printed, ReadEvent } from './printed.ts';

/** A job that goes on after this time of silence is another one, ms (contract, section 16). */
const SILENCE_MS = 30_000;
/** Tills, with what they leave open. */
const CONNECTIONS = 32;
/** Jobs of one connection that wait to be stored; it is not read further above that. */
const WAITING = 8;

export interface ListenAsPrinterOptions {
  host: string;
  port: number;
  /** What the till writes in until it chooses; null: PC437. */
  page: CodePage | null;
  /**
   * Stores a job; resolves when it is stored. It may wait as long as it cannot: the till then sees a printer that is off line.
   *
   * @returns false: this is no till, so the connection ends
   */
  onJob(printed: Printed, from: string): Promise<boolean>;
  /** Whether jobs can be stored. */
  isReady(): boolean;
  silenceMs?: number;
}

/**
 * Listens as a kitchen printer. Rejects with a message for an owner, caused by the system's error.
 *
 * @returns ends it; what was printed without a cut is a job by then
 */
export async function listenAsPrinter(options: ListenAsPrinterOptions): Promise<() => Promise<void>> {
  const connections = new Map<Socket, Connection>();
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    if (connections.size >= CONNECTIONS) endLongestSilent(connections);
    const connection = serveTill(socket, options);
    connections.set(socket, connection);
    void connection.ended.then(() => connections.delete(socket));
  });
  await open(server, options);
  return async () => {
    const closed = new Promise((done) => server.close(done));
    for (const socket of connections.keys()) socket.destroy();
    await Promise.all([...connections.values()].map(({ ended }) => ended));
    await closed;
  };
}

interface Connection {
  /** When something was printed last, ms. */
  heardAt(): number;
  /** All of its jobs are stored. */
  ended: Promise<void>;
}

function serveTill(
  socket: Socket,
  { page, onJob, isReady, silenceMs = SILENCE_MS }: ListenAsPrinterOptions,
): Connection {
  const reader = createEscposReader(page);
  const from = socket.remoteAddress ?? 'unknown';
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  let heardAt = performance.now();
  let isTill = true;
  const silence = setTimeout(flush, silenceMs).unref();

  socket.on('data', (chunk) => {
    const before = reader.read();
    for (const event of reader.push(chunk)) handle(event);
    if (reader.read() === before) return;
    heardAt = performance.now();
    silence.refresh();
  });
  // A till that goes away is no error of ours: what it printed is a job.
  socket.on('error', () => socket.destroy());
  const ended = new Promise<void>((done) => {
    socket.once('close', () => {
      clearTimeout(silence);
      flush();
      void last.then(() => done());
    });
  });
  return { heardAt: () => heardAt, ended };

  function handle(event: ReadEvent): void {
    if (event.kind === 'job') store(event.printed);
    else if (event.kind === 'too-long') {
      flush();
      socket.destroy();
    } else if (event.ask.when === 'realtime') say(answerOf(event.ask, isReady()));
    else
      last = last.then(() => {
        say(answerOf(event.ask, isReady()));
      });
  }

  function store(printed: Printed): void {
    if (!isTill) return;
    if (++waiting > WAITING) socket.pause();
    last = last.then(async () => {
      // It is not stored: the till sees its connection end.
      if (isTill) isTill = await onJob(printed, from).catch(() => false);
      waiting--;
      if (!isTill) socket.destroy();
      else if (waiting <= WAITING) socket.resume();
    });
  }

  function flush(): void {
    const rest = reader.flush();
    if (rest) store(rest);
  }

  function say(answer: Uint8Array): void {
    if (socket.writable) socket.write(answer);
  }
}

function endLongestSilent(connections: ReadonlyMap<Socket, Connection>): void {
  const [first] = [...connections].sort(([, a], [, b]) => a.heardAt() - b.heardAt());
  first?.[0].destroy();
}

function open(server: Server, { host, port }: ListenAsPrinterOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(wordsOf(error, host, port), { cause: error })),
    );
    server.listen({ host, port }, resolve);
  });
}

function wordsOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `another program or source uses port ${port}: end it, or choose another port`;
    case 'EACCES':
      return `the system does not let this program use port ${port}: choose one above 1023, such as 9100`;
    case 'EADDRNOTAVAIL':
      return `this machine has no address ${host}: choose another host, or 0.0.0.0 for all of its addresses`;
    default:
      return `port ${port} cannot be opened (${message})`;
  }
}
